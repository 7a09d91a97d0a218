-- What questions cost and gave over everybody, and who answered them, without a row for each person and month: a year of seven
-- thousand people and a dozen questions is a million of those (ADR 065).

CREATE TABLE "ledger_month" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "answers" BIGINT NOT NULL,
    "seconds" BIGINT NOT NULL,
    "received" BIGINT NOT NULL,
    "used" BIGINT NOT NULL,

    CONSTRAINT "ledger_month_pkey" PRIMARY KEY ("org_id", "field_id", "month")
);

-- Bit (year % 5) * 12 + month - 1 of "months" stands exactly when ledger_cell holds a row of that month with answers > 0.
CREATE TABLE "ledger_presence" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "era" SMALLINT NOT NULL,
    "membership_id" UUID NOT NULL,
    "months" BIGINT NOT NULL,

    CONSTRAINT "ledger_presence_pkey" PRIMARY KEY ("org_id", "field_id", "era", "membership_id")
);

-- Follows ledger_cell, whoever writes it: adds to the months, and flips the bit of one that begins or ends to hold answers. As its
-- owner: nobody else may write what is derived. No statement here joins: their plans are kept, and one made for a row must do
-- for a million.
CREATE FUNCTION keep_ledger() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  added ledger_month[];
  flipped ledger_presence[];
  emptied tid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    added := ARRAY(
      SELECT ROW(org_id, field_id, month, sum(answers), sum(seconds), sum(received), sum(used))::ledger_month
        FROM now_there GROUP BY org_id, field_id, month);
    flipped := ARRAY(
      SELECT ROW(org_id, field_id, presence_era(month), membership_id, bit_or(presence_bit(month)))::ledger_presence
        FROM now_there WHERE answers > 0 GROUP BY org_id, field_id, presence_era(month), membership_id);
  ELSIF TG_OP = 'DELETE' THEN
    added := ARRAY(
      SELECT ROW(org_id, field_id, month, -sum(answers), -sum(seconds), -sum(received), -sum(used))::ledger_month
        FROM was_there GROUP BY org_id, field_id, month);
    flipped := ARRAY(
      SELECT ROW(org_id, field_id, presence_era(month), membership_id, bit_or(presence_bit(month)))::ledger_presence
        FROM was_there WHERE answers > 0 GROUP BY org_id, field_id, presence_era(month), membership_id);
  ELSE
    -- A row never changes its key.
    added := ARRAY(
      SELECT ROW(org_id, field_id, month, sum(answers), sum(seconds), sum(received), sum(used))::ledger_month
        FROM (SELECT org_id, field_id, month, answers, seconds, received, used FROM now_there
              UNION ALL SELECT org_id, field_id, month, -answers, -seconds, -received, -used FROM was_there) AS b
       GROUP BY org_id, field_id, month);
    flipped := ARRAY(
      SELECT ROW(org_id, field_id, presence_era(month), membership_id, bit_xor(presence_bit(month)))::ledger_presence
        FROM (SELECT org_id, field_id, month, membership_id, answers FROM now_there
              UNION ALL SELECT org_id, field_id, month, membership_id, answers FROM was_there) AS b
       WHERE answers > 0 GROUP BY org_id, field_id, presence_era(month), membership_id HAVING bit_xor(presence_bit(month)) <> 0);
  END IF;
  IF cardinality(added) = 0 THEN RETURN NULL; END IF;

  -- Rows are written, and so held, in the order of their keys, but a statement that adds and updates comes here twice: who writes the
  -- ledger holds it alone until his transaction ends. Folds meet in the cells of the whole country before that anyway.
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger:' || added[1].org_id, 0));

  WITH written AS (
    INSERT INTO ledger_month AS m (org_id, field_id, month, answers, seconds, received, used)
    SELECT * FROM unnest(added) ORDER BY org_id, field_id, month
    ON CONFLICT (org_id, field_id, month) DO UPDATE SET answers = m.answers + excluded.answers, seconds = m.seconds + excluded.seconds,
      received = m.received + excluded.received, used = m.used + excluded.used
    RETURNING m.ctid AS at, m.answers | m.seconds | m.received | m.used AS left_over)
  SELECT array_agg(at) INTO emptied FROM written WHERE left_over = 0;
  DELETE FROM ledger_month WHERE ctid = ANY (emptied);

  WITH written AS (
    INSERT INTO ledger_presence AS p (org_id, field_id, era, membership_id, months)
    SELECT * FROM unnest(flipped) ORDER BY org_id, field_id, era, membership_id
    ON CONFLICT (org_id, field_id, era, membership_id) DO UPDATE SET months = p.months # excluded.months
    RETURNING p.ctid AS at, p.months)
  SELECT array_agg(at) INTO emptied FROM written WHERE months = 0;
  DELETE FROM ledger_presence WHERE ctid = ANY (emptied);
  RETURN NULL;
END $$;

CREATE TRIGGER ledger_insert AFTER INSERT ON ledger_cell
  REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION keep_ledger();
CREATE TRIGGER ledger_update AFTER UPDATE ON ledger_cell
  REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION keep_ledger();
CREATE TRIGGER ledger_delete AFTER DELETE ON ledger_cell
  REFERENCING OLD TABLE AS was_there FOR EACH STATEMENT EXECUTE FUNCTION keep_ledger();

-- The owner is held by row-level security too: what stands is read with it put aside.
ALTER TABLE ledger_cell NO FORCE ROW LEVEL SECURITY;
INSERT INTO ledger_month (org_id, field_id, month, answers, seconds, received, used)
SELECT org_id, field_id, month, sum(answers), sum(seconds), sum(received), sum(used)
  FROM ledger_cell GROUP BY 1, 2, 3 HAVING sum(answers) | sum(seconds) | sum(received) | sum(used) <> 0 ORDER BY 1, 2, 3;
INSERT INTO ledger_presence (org_id, field_id, era, membership_id, months)
SELECT org_id, field_id, presence_era(month), membership_id, bit_or(presence_bit(month))
  FROM ledger_cell WHERE answers > 0 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;
ALTER TABLE ledger_cell FORCE ROW LEVEL SECURITY;

ALTER TABLE ledger_month ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_month FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger_month USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
ALTER TABLE ledger_presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_presence FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger_presence USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

REVOKE ALL ON FUNCTION keep_ledger() FROM PUBLIC;
