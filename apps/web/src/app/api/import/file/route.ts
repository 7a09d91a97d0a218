export { importFile as POST } from '../../../../server/import-files.ts'
