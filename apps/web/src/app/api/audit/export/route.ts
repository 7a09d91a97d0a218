export { exportJournal as GET } from '../../../../server/export-journal.ts'
