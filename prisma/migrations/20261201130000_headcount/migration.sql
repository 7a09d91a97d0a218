-- How many people were somewhere in the same months: of a year of two thousand people most are alike, and who they are is not
-- asked as long as the months lie in one era (ADR 066).

-- Who is being counted now is counted as before, and the next as from here on.
LOCK TABLE rollup_person IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE "rollup_headcount" (
    "org_id" UUID NOT NULL,
    "basis" TEXT NOT NULL,
    "territory_id" UUID NOT NULL,
    "era" SMALLINT NOT NULL,
    "months" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "rollup_headcount_pkey" PRIMARY KEY ("org_id", "basis", "territory_id", "era", "months")
);

-- Follows rollup_person, whoever writes it: a month that begins or ends to count flips its bit, and its person is counted with those of
-- the new months. As its owner: nobody else may write what is derived. No statement here joins: their plans are kept, and one made for
-- a row must do for a hundred thousand.
CREATE OR REPLACE FUNCTION keep_presence() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  crossed rollup_person[] := '{}';
  emptied tid[];
  vacated tid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    crossed := ARRAY(SELECT i FROM now_there i WHERE i.n > 0);
  ELSIF TG_OP = 'DELETE' THEN
    crossed := ARRAY(SELECT w FROM was_there w WHERE w.n > 0);
  -- A row never changes its key, and few cross nothing: the others are not even compared.
  ELSIF EXISTS (SELECT FROM was_there WHERE n <= 0) OR EXISTS (SELECT FROM now_there WHERE n <= 0) THEN
    crossed := ARRAY(
      SELECT ROW(b.org_id, b.basis, b.territory_id, b.month, b.membership_id, sum(b.there))::rollup_person
        FROM (SELECT org_id, basis, territory_id, month, membership_id, (n > 0)::int AS there FROM now_there
              UNION ALL SELECT org_id, basis, territory_id, month, membership_id, -(n > 0)::int FROM was_there) AS b
       GROUP BY b.org_id, b.basis, b.territory_id, b.month, b.membership_id HAVING sum(b.there) <> 0);
  END IF;
  IF cardinality(crossed) = 0 THEN RETURN NULL; END IF;

  -- Rows are written, and so held, in the order of their keys, but a statement that adds and updates comes here twice: whose months
  -- change holds this alone until his transaction ends. Folds meet in the cells of the whole country before that anyway.
  PERFORM pg_advisory_xact_lock(hashtextextended('presence:' || crossed[1].org_id, 0));

  WITH flipped AS (
    INSERT INTO rollup_presence AS p (org_id, basis, territory_id, era, membership_id, months)
    SELECT c.org_id, c.basis, c.territory_id, presence_era(c.month) AS era, c.membership_id, bit_or(presence_bit(c.month))
      FROM unnest(crossed) AS c GROUP BY c.org_id, c.basis, c.territory_id, era, c.membership_id
     ORDER BY c.org_id, c.basis, c.territory_id, era, c.membership_id
    ON CONFLICT (org_id, basis, territory_id, era, membership_id) DO UPDATE SET months = p.months # excluded.months
    RETURNING WITH (OLD AS before) p.ctid AS at, p.org_id, p.basis, p.territory_id, p.era, before.months AS was, p.months),
  counted AS (
    INSERT INTO rollup_headcount AS h (org_id, basis, territory_id, era, months, n)
    SELECT f.org_id, f.basis, f.territory_id, f.era, side.months, sum(side.n)
      FROM flipped AS f, LATERAL (VALUES (f.was, -1), (f.months, 1)) AS side (months, n)
     WHERE side.months <> 0
     GROUP BY f.org_id, f.basis, f.territory_id, f.era, side.months HAVING sum(side.n) <> 0
     ORDER BY f.org_id, f.basis, f.territory_id, f.era, side.months
    ON CONFLICT (org_id, basis, territory_id, era, months) DO UPDATE SET n = h.n + excluded.n
    RETURNING h.ctid AS at, h.n)
  SELECT (SELECT array_agg(at) FROM flipped WHERE months = 0), (SELECT array_agg(at) FROM counted WHERE n = 0) INTO emptied, vacated;
  DELETE FROM rollup_presence WHERE ctid = ANY (emptied);
  DELETE FROM rollup_headcount WHERE ctid = ANY (vacated);
  RETURN NULL;
END $$;

-- The owner is held by row-level security too: what stands is read with it put aside.
ALTER TABLE rollup_presence NO FORCE ROW LEVEL SECURITY;
INSERT INTO rollup_headcount (org_id, basis, territory_id, era, months, n)
SELECT org_id, basis, territory_id, era, months, count(*) FROM rollup_presence GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;
ALTER TABLE rollup_presence FORCE ROW LEVEL SECURITY;

ALTER TABLE rollup_headcount ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_headcount FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rollup_headcount USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
