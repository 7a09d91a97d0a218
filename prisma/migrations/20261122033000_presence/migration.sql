-- Who was where, five years a row: how many people are behind a figure is asked of every figure that compares, and a row
-- for each month makes a year of two thousand people fifty thousand rows.

-- Bit (year % 5) * 12 + month - 1 of "months" stands exactly when rollup_person holds a row of that month with n > 0.
CREATE TABLE "rollup_presence" (
    "org_id" UUID NOT NULL,
    "basis" TEXT NOT NULL,
    "territory_id" UUID NOT NULL,
    "era" SMALLINT NOT NULL,
    "membership_id" UUID NOT NULL,
    "months" BIGINT NOT NULL,

    CONSTRAINT "rollup_presence_pkey" PRIMARY KEY ("org_id", "basis", "territory_id", "era", "membership_id")
);

CREATE FUNCTION presence_era(p_month date) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (extract(year FROM p_month)::int / 5)::smallint;
CREATE FUNCTION presence_bit(p_month date) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN 1::bigint << (extract(year FROM p_month)::int % 5 * 12 + extract(month FROM p_month)::int - 1);

-- Follows rollup_person, whoever writes it: a month that begins or ends to count flips its bit. As its owner: nobody else may
-- write what is derived. No statement here joins: their plans are kept, and one made for a row must do for a hundred thousand.
CREATE FUNCTION keep_presence() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  crossed rollup_person[] := '{}';
  emptied tid[];
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

  -- Rows are written, and so held, in the order of their keys, so that two writers never wait for each other in a ring. But a
  -- statement that adds and updates comes here twice, updates first: it then holds this alone until its transaction ends,
  -- and those that only add hold it together.
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('presence:' || crossed[1].org_id, 0));
  ELSE
    PERFORM pg_advisory_xact_lock(hashtextextended('presence:' || crossed[1].org_id, 0));
  END IF;

  WITH flipped AS (
    INSERT INTO rollup_presence AS p (org_id, basis, territory_id, era, membership_id, months)
    SELECT c.org_id, c.basis, c.territory_id, presence_era(c.month) AS era, c.membership_id, bit_or(presence_bit(c.month))
      FROM unnest(crossed) AS c GROUP BY c.org_id, c.basis, c.territory_id, era, c.membership_id
     ORDER BY c.org_id, c.basis, c.territory_id, era, c.membership_id
    ON CONFLICT (org_id, basis, territory_id, era, membership_id) DO UPDATE SET months = p.months # excluded.months
    RETURNING p.ctid AS at, p.months)
  SELECT array_agg(at) INTO emptied FROM flipped WHERE months = 0;
  DELETE FROM rollup_presence WHERE ctid = ANY (emptied);
  RETURN NULL;
END $$;

CREATE TRIGGER presence_insert AFTER INSERT ON rollup_person
  REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION keep_presence();
CREATE TRIGGER presence_update AFTER UPDATE ON rollup_person
  REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION keep_presence();
CREATE TRIGGER presence_delete AFTER DELETE ON rollup_person
  REFERENCING OLD TABLE AS was_there FOR EACH STATEMENT EXECUTE FUNCTION keep_presence();

-- The owner is held by row-level security too: what stands is read with it put aside.
ALTER TABLE rollup_person NO FORCE ROW LEVEL SECURITY;
INSERT INTO rollup_presence (org_id, basis, territory_id, era, membership_id, months)
SELECT org_id, basis, territory_id, presence_era(month), membership_id, bit_or(presence_bit(month))
  FROM rollup_person WHERE n > 0 GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;
ALTER TABLE rollup_person FORCE ROW LEVEL SECURITY;

ALTER TABLE rollup_presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_presence FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rollup_presence USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

REVOKE ALL ON FUNCTION presence_era(date), presence_bit(date), keep_presence() FROM PUBLIC;
