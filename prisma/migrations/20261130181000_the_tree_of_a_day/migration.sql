-- "As organised then" is read in the tree of a report's day. Moves made before this have taken along what was counted:
-- they have no last day, and nothing is told of the tree before them.
ALTER TABLE "branch_move" ADD COLUMN "last_day" DATE, ADD COLUMN "seq" BIGSERIAL NOT NULL;
CREATE INDEX "branch_move_org_id_last_day_seq_idx" ON "branch_move"("org_id", "last_day", "seq");

-- A code is looked for among all territories whenever one is given.
CREATE INDEX "territory_org_id_code_idx" ON "territory"("org_id", "code") WHERE code IS NOT NULL;
