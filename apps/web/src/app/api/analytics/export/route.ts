export { exportFigures as GET } from '../../../../server/export-figures.ts'
