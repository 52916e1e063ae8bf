import { checkBuiltSite } from './built-site.ts'
import { reportChecks } from './report.ts'

// Apart from all.ts, because these look at what was built from the checkout.
reportChecks({ 'built-site': checkBuiltSite })
