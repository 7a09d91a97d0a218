-- An organisation is founded with a one-time link that the operator makes. Links name no tenant yet, so like people they
-- are reached only through these functions, and making one is the owner's alone.
CREATE TABLE "founding_link" (
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "org_id" UUID,

    CONSTRAINT "founding_link_pkey" PRIMARY KEY ("token_hash")
);
ALTER TABLE founding_link ENABLE ROW LEVEL SECURITY;

-- Keeps the hash of a new link; p_alone ends those made before and not used. Long dead ones are swept.
CREATE FUNCTION founding_start(p_token_hash text, p_expires timestamptz, p_alone boolean) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM founding_link WHERE used_at IS NULL AND expires_at < clock_timestamp() - interval '90 days';
  UPDATE founding_link SET expires_at = clock_timestamp()
   WHERE p_alone AND used_at IS NULL AND expires_at > clock_timestamp();
  INSERT INTO founding_link (token_hash, expires_at) VALUES (p_token_hash, p_expires)
$$;

-- open, spent or expired; null for a link that was never made. Looking uses nothing.
CREATE FUNCTION founding_state(p_token_hash text) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN used_at IS NOT NULL THEN 'spent' WHEN expires_at <= clock_timestamp() THEN 'expired' ELSE 'open' END
    FROM founding_link WHERE token_hash = p_token_hash
$$;

-- Uses a link and makes the organisation with its first administrator, in the caller's one transaction. Of two uses at
-- the same instant the second waits for the first and finds the link spent. An address that is known keeps its person
-- and password: p's is then left aside, and "known" says so.
CREATE FUNCTION found_organisation(p_token_hash text, p jsonb)
  RETURNS TABLE (outcome text, person_id uuid, known boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_before text := coalesce(current_setting('app.org', true), '');
  v_org uuid := (p ->> 'orgId')::uuid;
  v_email text := lower(btrim(p ->> 'email'));
  v_person uuid;
  v_known boolean := false;
  v_turn int := 1;
BEGIN
  UPDATE founding_link l SET used_at = clock_timestamp(), org_id = v_org
   WHERE l.token_hash = p_token_hash AND l.used_at IS NULL AND l.expires_at > clock_timestamp();
  IF NOT FOUND THEN
    RETURN QUERY SELECT coalesce(founding_state(p_token_hash), 'unknown'), NULL::uuid, false;
    RETURN;
  END IF;

  PERFORM set_config('app.org', v_org::text, true);
  -- A slug is one organisation's: the next of the same name is numbered, then marked by its id.
  LOOP
    BEGIN
      INSERT INTO organisation (id, name, slug, level_names, default_locale, time_zone, epoch)
      VALUES (v_org, p ->> 'name',
              (p ->> 'slug') || CASE WHEN v_turn = 1 THEN '' WHEN v_turn <= 20 THEN '-' || v_turn ELSE '-' || left(v_org::text, 13) END,
              p -> 'levelNames', p ->> 'locale', p ->> 'timeZone', (p ->> 'epoch')::uuid);
      EXIT;
    EXCEPTION WHEN unique_violation THEN
      IF v_turn > 20 THEN RAISE; END IF;
      v_turn := v_turn + 1;
    END;
  END LOOP;

  INSERT INTO person (id, email, password_hash) VALUES ((p ->> 'personId')::uuid, v_email, p ->> 'passwordHash')
  ON CONFLICT (email) DO NOTHING RETURNING id INTO v_person;
  IF v_person IS NULL THEN
    v_known := true;
    SELECT id INTO STRICT v_person FROM person WHERE email = v_email;
  END IF;

  INSERT INTO membership (org_id, id, person_id, display_name, locale)
  VALUES (v_org, (p ->> 'membershipId')::uuid, v_person, p ->> 'displayName', p ->> 'locale');
  INSERT INTO territory (org_id, id, rank, name, path)
  VALUES (v_org, (p ->> 'territoryId')::uuid, 0, p ->> 'name', (p ->> 'territoryId') || '/');
  INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from)
  VALUES (v_org, (p ->> 'assignmentId')::uuid, (p ->> 'membershipId')::uuid, (p ->> 'territoryId')::uuid,
          'administrator', (p ->> 'day')::date);
  INSERT INTO audit_event (org_id, id, membership_id, action, subject_id, detail)
  VALUES (v_org, (p ->> 'auditId')::uuid, (p ->> 'membershipId')::uuid, 'org.found', v_org,
          jsonb_build_object('name', p ->> 'name'));
  PERFORM set_config('app.org', v_before, true);
  RETURN QUERY SELECT 'founded'::text, v_person, v_known;
END $$;

REVOKE ALL ON FUNCTION founding_start(text, timestamptz, boolean), founding_state(text), found_organisation(text, jsonb) FROM PUBLIC;
