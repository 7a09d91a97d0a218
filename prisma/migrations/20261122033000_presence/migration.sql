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

-- Follows rollup_person, whoever writes it. As its owner: nobody else may write what is derived. Every row it changes is
-- written, and so held, in the order of the keys before any bit goes, so that two writers never wait for each other in a ring.
CREATE FUNCTION keep_presence() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  come rollup_person[] := '{}';
  gone rollup_person[] := '{}';
BEGIN
  IF TG_OP = 'INSERT' THEN
    come := ARRAY(SELECT i FROM now_there i WHERE i.n > 0);
  ELSIF TG_OP = 'DELETE' THEN
    gone := ARRAY(SELECT w FROM was_there w WHERE w.n > 0);
  -- A row never changes its key. Few cross nothing: the others are not even compared.
  ELSIF EXISTS (SELECT FROM was_there WHERE n <= 0) OR EXISTS (SELECT FROM now_there WHERE n <= 0) THEN
    come := ARRAY(SELECT i FROM now_there i JOIN was_there w USING (org_id, basis, territory_id, month, membership_id)
                   WHERE i.n > 0 AND w.n <= 0);
    gone := ARRAY(SELECT i FROM now_there i JOIN was_there w USING (org_id, basis, territory_id, month, membership_id)
                   WHERE i.n <= 0 AND w.n > 0);
  END IF;
  IF cardinality(come) = 0 AND cardinality(gone) = 0 THEN RETURN NULL; END IF;

  -- A statement that adds and updates comes here twice, updates first: it then holds this alone until its transaction
  -- ends, and those that only add hold it together.
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('presence:' || come[1].org_id, 0));
  ELSE
    PERFORM pg_advisory_xact_lock(hashtextextended('presence:' || (come || gone)[1].org_id, 0));
  END IF;

  INSERT INTO rollup_presence AS p (org_id, basis, territory_id, era, membership_id, months)
  SELECT c.org_id, c.basis, c.territory_id, presence_era(c.month) AS era, c.membership_id, bit_or(c.bit)
    FROM (SELECT r.org_id, r.basis, r.territory_id, r.month, r.membership_id, presence_bit(r.month) AS bit FROM unnest(come) AS r
          UNION ALL SELECT r.org_id, r.basis, r.territory_id, r.month, r.membership_id, 0 FROM unnest(gone) AS r) AS c
   GROUP BY c.org_id, c.basis, c.territory_id, era, c.membership_id
   ORDER BY c.org_id, c.basis, c.territory_id, era, c.membership_id
  ON CONFLICT (org_id, basis, territory_id, era, membership_id) DO UPDATE SET months = p.months | excluded.months;

  IF cardinality(gone) = 0 THEN RETURN NULL; END IF;
  UPDATE rollup_presence p SET months = p.months & ~g.bits
    FROM (SELECT r.org_id, r.basis, r.territory_id, presence_era(r.month) AS era, r.membership_id, bit_or(presence_bit(r.month)) AS bits
            FROM unnest(gone) AS r GROUP BY r.org_id, r.basis, r.territory_id, era, r.membership_id) AS g
   WHERE p.org_id = g.org_id AND p.basis = g.basis AND p.territory_id = g.territory_id AND p.era = g.era
     AND p.membership_id = g.membership_id;
  DELETE FROM rollup_presence p USING unnest(gone) AS r
   WHERE p.org_id = r.org_id AND p.basis = r.basis AND p.territory_id = r.territory_id AND p.era = presence_era(r.month)
     AND p.membership_id = r.membership_id AND p.months = 0;
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
