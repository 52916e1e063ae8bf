// Runs before the first paint, as a file of its own because the content security policy refuses scripts inside a page.
// Without a remembered choice the style sheet follows the system by itself.
try {
  const choice = localStorage.getItem('mctrack-theme')
  if (choice === 'mctrack-light' || choice === 'mctrack-dark') document.documentElement.dataset.theme = choice
} catch {
  // Storage may be refused to the page; the system's choice is right then.
}
