import { defineMessages } from './define-messages.ts'

/** Words of the pages before the dashboard: signing in, set-up, passwords, invitations, programs. */
export const entryMessages = defineMessages({
  email: 'E-mail address',
  name: 'Your name',
  nameHelp: 'As colleagues see it.',
  password: 'Password',
  newPassword: 'New password',

  signIn: 'Sign in',
  signInTo: 'Sign in to see your networks.',
  forgot:
    'Forgot the password? Whoever runs this installation makes a link for a new one: mctrack users reset-password',
  notSetUp: 'Nobody owns this installation yet. Open the set-up link that it printed at its start, or print a new one:',

  setUp: 'Set up MCTrack',
  setUpSentence: 'Create the account that owns this installation. It makes networks and lets others in.',
  createOwner: 'Create the account',
  openLinkAgain: 'Open the link again: the page forgets it when it is loaded anew.',
  isSetUp: 'This installation has an owner already.',
  goToSignIn: 'Go to sign-in',

  choosePassword: 'Choose a password',
  passwordFor: (email: string) => `For the account ${email}. Everything that is signed in with it ends.`,
  savePassword: 'Save the password',
  passwordSaved: 'The password is saved. Sign in with it now.',

  invitation: 'Invitation',
  invitedBy: (name: string) => `${name} invites you to`,
  invitedByOperator: 'You are invited to',
  asRole: (role: string) => `as ${role}`,
  accept: 'Accept the invitation',
  joinWithNew: 'Create your account and join',
  accountFor: (email: string) => `Your account will have the e-mail address ${email}.`,
  signInFirst: (email: string) => `Sign in as ${email} to accept.`,
  wrongAccount: (email: string, invited: string) =>
    `You are signed in as ${email}, but the invitation is for ${invited}. Sign out, then open the link again.`,
  signOut: 'Sign out',

  device: 'Approve a program',
  deviceSentence: 'Type the code that the program shows.',
  code: 'Code',
  look: 'Look',
  wantsToActFor: 'wants to act for you:',
  askedFrom: (place: string) => `Asked from ${place}`,
  unknownPlace: 'an unknown place',
  askedAt: (when: string) => `at ${when}`,
  mayDo: 'It asks to be allowed:',
  didYouStart: 'Did you start this?',
  didYouStartSentence:
    'Approve only if you have just started this sign-in yourself and the same code stands in front of you. Whoever sent you this code would act in your name.',
  approve: 'Yes, approve',
  deny: 'No, deny',
  approved: 'Approved. The program goes on by itself; you can close this page.',
  denied: 'Denied. The program gets nothing.',
})
