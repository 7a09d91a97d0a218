-- How far an objective of a large branch is, as last counted, and the day that a count is asked for; null: none is. Counted
-- behind the page: it reads every account of the branch.
ALTER TABLE "objective" ADD COLUMN "meant" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "seen" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "refused" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "counted_at" TIMESTAMPTZ(3),
  ADD COLUMN "count_for" DATE;
CREATE INDEX "objective_asked_idx" ON "objective"("org_id", "id") WHERE (count_for IS NOT NULL);
