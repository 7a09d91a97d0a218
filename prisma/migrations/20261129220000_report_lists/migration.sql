-- Reports newest first, of a place, of an author and of the whole organisation. What a list is narrowed by stands in the
-- index behind the order, so that what does not fit is passed over without its row being read.
CREATE INDEX "report_place_idx" ON "report"("org_id", "territory_id", "day", "id", "kind", "outcome", "status");
CREATE INDEX "report_author_idx" ON "report"("org_id", "author_id", "day", "id", "kind", "outcome", "status");
CREATE INDEX "report_day_idx" ON "report"("org_id", "day", "id", "kind", "outcome", "status");
DROP INDEX "report_org_id_territory_id_day_idx";
DROP INDEX "report_org_id_author_id_day_idx";

-- Accounts that have lived elsewhere bring reports filed there: few, so found without reading the others.
CREATE INDEX "account_home_left_idx" ON "account_home"("org_id", "account_id") WHERE to_at IS NOT NULL;
