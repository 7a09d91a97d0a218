export { importTemplateFile as GET } from '../../../../server/import-files.ts'
