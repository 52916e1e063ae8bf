import { checkArrows } from './arrows.ts'
import { checkComposeFile } from './compose-schema.ts'
import { checkDocs } from './docs.ts'
import { checkFocusedTests } from './focused-tests.ts'
import { checkNames } from './names.ts'
import { reportChecks } from './report.ts'
import { checkSiteBuild } from './site-build.ts'

reportChecks({
  arrows: checkArrows,
  'site-build': checkSiteBuild,
  'focused-tests': checkFocusedTests,
  names: checkNames,
  docs: checkDocs,
  'compose-schema': checkComposeFile,
})
