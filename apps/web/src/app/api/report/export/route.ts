export { exportReports as GET } from '../../../../server/export-reports.ts'
