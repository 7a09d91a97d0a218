-- Likely duplicates are sought beyond one postcode, and between the lines of one file; lines of imports that are long over
-- are deleted.

-- How a name sounds, whatever the order of its words: legal forms and small words left out, letters that French writes in
-- several ways made one, vowels after the first letter and silent endings dropped. Two names that are the same but for the
-- spelling have the same sketch; null when nothing is left. Doubled consonants by replace: a regular expression is ten times
-- slower, and this runs for every account written. Takes a name's key (domain/account/normalise.ts).
CREATE FUNCTION name_sketch(p_name_key text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  word text;
  folded text;
  sketches text[] := '{}';
BEGIN
  FOREACH word IN ARRAY string_to_array(p_name_key, ' ') LOOP
    CONTINUE WHEN word = '' OR word = ANY ('{sarl,sas,sasu,sa,eurl,eirl,ei,sci,snc,scop,gaec,ets,etablissements,le,la,les,l,de,du,des,d,et,a,au,aux}'::text[]);
    IF translate(word, '0123456789', '') = word THEN
      folded := replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                  translate(replace(word, 'ph', 'f'), 'kqzywmh', 'ccsivn'),
                  'bb', 'b'), 'cc', 'c'), 'dd', 'd'), 'ff', 'f'), 'gg', 'g'), 'jj', 'j'), 'll', 'l'),
                  'nn', 'n'), 'pp', 'p'), 'rr', 'r'), 'ss', 's'), 'tt', 't'), 'vv', 'v'), 'xx', 'x');
      word := left(folded, 1) || translate(rtrim(substr(folded, 2), 'aeioustdx'), 'aeiou', '');
    END IF;
    sketches := sketches || word;
  END LOOP;
  RETURN (SELECT string_agg(DISTINCT s COLLATE "C", ' ' ORDER BY s COLLATE "C") FROM unnest(sketches) AS s);
END $$;
REVOKE ALL ON FUNCTION name_sketch(text) FROM PUBLIC;

ALTER TABLE "account" ADD COLUMN "name_sketch" TEXT GENERATED ALWAYS AS (name_sketch("name_key")) STORED;
CREATE INDEX "account_sketch_idx" ON "account"("org_id", "name_sketch") WHERE (name_sketch IS NOT NULL);

-- What a line that would make an account is looked for by, as an account is.
ALTER TABLE "import_line" ADD COLUMN "name_key" TEXT, ADD COLUMN "name_sketch" TEXT, ADD COLUMN "postcode" TEXT,
  ADD COLUMN "city" TEXT, ADD COLUMN "phone" TEXT, ADD COLUMN "email" TEXT;
CREATE INDEX "import_line_sketch_idx" ON "import_line"("org_id", "name_sketch") WHERE (name_sketch IS NOT NULL);
CREATE INDEX "import_line_postcode_idx" ON "import_line"("org_id", "postcode") WHERE (postcode IS NOT NULL);
CREATE INDEX "import_line_phone_idx" ON "import_line"("org_id", "phone") WHERE (phone IS NOT NULL);
CREATE INDEX "import_line_email_idx" ON "import_line"("org_id", "email") WHERE (email IS NOT NULL);

-- Since when an import waits for somebody, and since when its lines are not kept any more.
ALTER TABLE "file_import" ADD COLUMN "rested_at" TIMESTAMPTZ(3), ADD COLUMN "purged_at" TIMESTAMPTZ(3);

-- Organisations with an import whose lines are to be deleted: taken back no more since p_over, or waiting for somebody
-- since p_forgotten. For the worker's daily check; as waiting_imports(), it answers ids only.
CREATE POLICY owner_counts_lines ON import_line FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION purgeable_imports(p_over interval, p_forgotten interval) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT f.org_id FROM file_import f
   WHERE f.queued_at IS NULL
     AND (f.finished_at < now() - p_over OR (f.state IN ('to_map', 'tried') AND coalesce(f.rested_at, f.created_at) < now() - p_forgotten))
     AND (f.purged_at IS NULL OR EXISTS (SELECT 1 FROM import_line l WHERE l.org_id = f.org_id AND l.import_id = f.id))
$$;
REVOKE ALL ON FUNCTION purgeable_imports(interval, interval) FROM PUBLIC;
