export { exportQuarantine as GET } from '../../../../server/export-quarantine.ts'
