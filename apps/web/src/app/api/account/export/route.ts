export { exportRecords as GET } from '../../../../server/export-records.ts'
