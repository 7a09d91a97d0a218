-- Earlier lines of a file are looked for by key or record alone: of an import that is being read the planner knows nothing,
-- and with its id among the conditions it would go through all of its lines.
DROP INDEX "import_line_match_idx";
DROP INDEX "import_line_record_idx";
CREATE INDEX "import_line_match_idx" ON "import_line"("org_id", "match_key") WHERE (match_key IS NOT NULL);
CREATE INDEX "import_line_record_idx" ON "import_line"("org_id", "record_id") WHERE (record_id IS NOT NULL);
