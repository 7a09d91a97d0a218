-- What was answered before a question took another type is counted in the background, account by account: how far that is,
-- and what it has found ({to, accounts, of, answered, converted, left, unknown}). What an earlier release changed was counted
-- with the change, and has neither.
ALTER TABLE "field_promotion" ADD COLUMN "counting" JSONB;
ALTER TABLE "field_promotion" ADD COLUMN "counted_at" TIMESTAMPTZ(3);

CREATE INDEX "field_promotion_counting_idx" ON "field_promotion"("org_id", "promoted_at", "field_id")
  WHERE (counting IS NOT NULL AND counted_at IS NULL);

-- Organisations with such a count that is not done, for the worker's periodic check: a killed worker keeps its job locked for
-- hours. As waiting_folds(), it answers ids only, by a policy of the owner's.
CREATE POLICY owner_counts_waiting ON field_promotion FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION waiting_counts() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT org_id FROM field_promotion WHERE counting IS NOT NULL AND counted_at IS NULL
$$;

REVOKE ALL ON FUNCTION waiting_counts() FROM PUBLIC;
