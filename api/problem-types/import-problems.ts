import type { ProblemType } from './problem-type';

/** Problems of imports, their rows and their files. */
export const IMPORT_PROBLEMS = {
  'no-failed-rows': {
    status: 404,
    title: 'No failed rows',
    meaning: 'No row of the import was rejected or cancelled, or other files have corrected them.',
    fix: 'There is nothing to correct.',
  },
  'file-refused': {
    status: 409,
    title: 'File rejected as a whole',
    meaning: 'The file as a whole was rejected, so it has no rows to download or correct.',
    fix: 'Correct the file by the problems of the import, and upload it again.',
  },
  'not-read-yet': {
    status: 409,
    title: 'File not read yet',
    meaning: 'The file of the import has not been read yet.',
    fix: 'Try again in a few seconds.',
  },
  'never-read': {
    status: 409,
    title: 'File never read',
    meaning: 'The import ended before its file was read.',
    fix: 'Upload the file again.',
  },
  'not-applied-yet': {
    status: 409,
    title: 'Plan not applied yet',
    meaning: 'The plan of the import waits to be applied again since the request came. Nothing was changed.',
    fix: 'Look at the plan, and try again.',
  },
  'import-cancelled': {
    status: 409,
    title: 'Import cancelled',
    meaning: 'The import was cancelled, so its rows cannot be corrected in place.',
    fix: 'Download its failed rows, correct them in that file and upload it.',
  },
  'import-undone': {
    status: 409,
    title: 'Import undone',
    meaning: 'The import was undone, or is being undone, so its rows cannot be corrected in place.',
    fix: 'Upload its file again, or invite the person by hand.',
  },
  'import-failed': {
    status: 409,
    title: 'Import failed',
    meaning: 'The whole import has failed.',
    fix: 'Upload the file again.',
  },
  'row-in-progress': {
    status: 409,
    title: 'Row in progress',
    meaning: 'The row is being applied, or its invitation is being sent. Nothing was changed.',
    fix: 'Try again in a moment; if the import is paused, resume it first.',
  },
  'row-skipped': {
    status: 409,
    title: 'Row skipped',
    meaning: 'The row was skipped, so there is nothing to correct in place.',
    fix: 'Read the detail: upload the row again, or invite the person by hand.',
  },
  'row-cancelled': {
    status: 409,
    title: 'Row cancelled',
    meaning: 'The row was cancelled with its import.',
    fix: 'Upload it again if you still need it.',
  },
  'row-ignored': {
    status: 409,
    title: 'Row put aside',
    meaning:
      'The row was put aside as no person, so it is not corrected; or its plan was applied without it, so it is not taken back.',
    fix: 'Take it back before you correct it. Once its plan is applied, invite the person by hand or upload the row again.',
  },
  'row-not-ignorable': {
    status: 409,
    title: 'Row cannot be put aside',
    meaning: 'Only a rejected row can be put aside once its import is applied. Nothing was changed.',
    fix: 'Read the detail.',
  },
  'nothing-to-ignore': {
    status: 409,
    title: 'Nothing to put aside',
    meaning: 'No rejected row of the import looks like a total or a remark.',
    fix: 'Name the rows by their lines.',
  },
  'preview-ended': {
    status: 409,
    title: 'Preview ended',
    meaning:
      'The plan of the import was applied, or has ended, while the request was carried out. Nothing was changed.',
    fix: 'Look at the import, and try again.',
  },
  'mapping-not-kept': {
    status: 409,
    title: 'Mapping not kept',
    meaning: 'The headings of the mapping cannot become aliases of the organisation, so nothing was changed.',
    fix: 'Send the mapping without `keepMapping`, or change the aliases of the organisation first.',
  },
  'row-corrected': {
    status: 409,
    title: 'Row corrected by another file',
    meaning: 'Another file has already corrected the row.',
    fix: 'Correct the row in the import of that file.',
  },
  'row-refused': {
    status: 422,
    title: 'Correction rejected',
    meaning: 'The correction of the row is invalid, and nothing was changed. `problems` names all problems of the row.',
    fix: 'Correct the cells by the problems and send them again.',
  },
  'person-removed': {
    status: 409,
    title: 'Person removed',
    meaning: 'The person of the row has been removed since.',
    fix: 'Invite them again by hand.',
  },
  'person-erased': {
    status: 409,
    title: 'Person erased',
    meaning: 'The data of the person of the row were erased, so there is nothing to correct.',
    fix: 'Invite them by hand if they want to come back.',
  },
  'rows-expired': {
    status: 410,
    title: 'Rows expired',
    meaning: 'The rows of the import were kept for as many days as the installation keeps them; their counts stay.',
    fix: 'Read the counts of the import. Upload the file again if you need its lines.',
  },
  'team-not-ready': {
    status: 409,
    title: 'Client team not ready',
    meaning: 'The correction needs a new invitation, and no staff member of the client team is active yet.',
    fix: 'Activate a staff member of the team, then correct the row again.',
  },
  'nothing-to-apply': {
    status: 409,
    title: 'Nothing to apply',
    meaning: 'No plan of this import waits to be applied, or it is applied already, to be sent at another time.',
    fix: 'Read the detail; upload the file with mode=preview to review it first.',
  },
  'choices-missing': {
    status: 409,
    title: 'Choices missing',
    meaning: 'The import asks something before it sends anything.',
    fix: 'Answer its `questions` by POST …/choices, look at the plan, and apply it then.',
  },
  'plan-outdated': {
    status: 409,
    title: 'Plan outdated',
    meaning: 'The hash does not match the current plan: the data have changed since it was shown.',
    fix: 'Review the import and its rows again, then apply the plan shown there.',
  },
  'nothing-to-choose': {
    status: 409,
    title: 'Nothing to choose',
    meaning: 'The import does not wait for approval, so nothing can be chosen.',
    fix: 'Wait until it is planned, or upload the file again to choose otherwise.',
  },
  'choice-rejected': {
    status: 409,
    title: 'Choice rejected',
    meaning: 'With this choice the file as a whole would be rejected, so nothing was changed. `problems` says why.',
    fix: 'Choose otherwise.',
  },
  'nothing-to-schedule': {
    status: 409,
    title: 'Nothing to schedule',
    meaning: 'The import has ended or is being cancelled, so nothing of it is left to send.',
    fix: 'Send failed invitations again by a retry, or upload the file again.',
  },
  'nothing-to-pause': {
    status: 409,
    title: 'Nothing to pause',
    meaning: 'The import sends nothing that could be paused.',
    fix: 'Read the detail; a preview is cancelled instead.',
  },
  'nothing-to-resume': {
    status: 409,
    title: 'Nothing to resume',
    meaning: 'The import is not paused.',
    fix: 'There is nothing to do.',
  },
  'nothing-to-cancel': {
    status: 409,
    title: 'Nothing to cancel',
    meaning: 'The import has ended already. People created and messages sent remain.',
    fix: 'There is nothing to do.',
  },
  'nothing-to-undo': {
    status: 409,
    title: 'Nothing to undo',
    meaning: 'The import has created and changed nobody, or has not come to its people.',
    fix: 'Read the detail; an import that has not come to its people is cancelled instead.',
  },
  'undo-outdated': {
    status: 409,
    title: 'Undo outdated',
    meaning:
      'The hash does not match what the undo would do now: somebody has joined or was changed since, or it was undone.',
    fix: 'Ask again what the undo would do, and send the hash of that.',
  },
  'too-many-streams': {
    status: 429,
    title: 'Too many event streams',
    meaning: 'The key has as many event streams open as it may.',
    fix: 'Close some, or ask for the imports themselves from time to time.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>;
