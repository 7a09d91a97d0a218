-- Who founds an organisation writes an address that nobody has checked. Until a link mailed there was used, that person
-- enters the organisation he founded and no other: an administrator elsewhere who adds this address means its owner.

-- The organisation founded with an address that was new; null for everybody else.
ALTER TABLE person ADD COLUMN founded_org uuid;
-- When such an address was shown to be its person's, by the application's clock.
ALTER TABLE person ADD COLUMN proved_at timestamptz(3);

-- As before, and the new person is noted as the founder.
CREATE OR REPLACE FUNCTION found_organisation(p_token_hash text, p jsonb)
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

  INSERT INTO person (id, email, password_hash, founded_org)
  VALUES ((p ->> 'personId')::uuid, v_email, p ->> 'passwordHash', v_org)
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

-- As before, without the organisations that a person whose address is not proved did not found.
CREATE OR REPLACE FUNCTION identity_memberships(p_person uuid)
  RETURNS TABLE (org_id uuid, org_name text, membership_id uuid, display_name text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM set_config('app.person', p_person::text, true);
  RETURN QUERY
    SELECT m.org_id, o.name, m.id, m.display_name
    FROM membership m JOIN organisation o ON o.id = m.org_id JOIN person p ON p.id = m.person_id
    WHERE m.person_id = p_person AND m.revoked_at IS NULL
      AND (p.founded_org IS NULL OR p.founded_org = m.org_id OR p.proved_at IS NOT NULL)
    ORDER BY m.created_at, m.id;
  PERFORM set_config('app.person', '', true);
END $$;

-- As before; and a link that still serves proves the address. The password of before goes: whoever chose it had shown
-- nothing.
DROP FUNCTION identity_take_link(text);
CREATE FUNCTION identity_take_link(p_token_hash text, p_now timestamptz)
  RETURNS TABLE (email text, expires_at timestamptz, org_id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH used AS (SELECT t.email, t.token_hash, t.expires_at, t.org_id FROM sign_in_token t WHERE t.token_hash = p_token_hash FOR UPDATE),
       gone AS (DELETE FROM sign_in_token t USING used WHERE t.email = used.email RETURNING t.token_hash),
       proved AS (UPDATE person p SET proved_at = p_now, password_hash = NULL FROM used JOIN gone ON gone.token_hash = used.token_hash
                   WHERE p.email = used.email AND p.founded_org IS NOT NULL AND p.proved_at IS NULL AND used.expires_at > p_now)
  SELECT used.email, used.expires_at, used.org_id FROM used JOIN gone ON gone.token_hash = used.token_hash
$$;

-- Before when nothing that was proved counts, since the address was not yet its person's; null for who founded nothing.
CREATE FUNCTION identity_proved_at(p_person uuid) RETURNS timestamptz
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT proved_at FROM person WHERE id = p_person
$$;

REVOKE ALL ON FUNCTION identity_take_link(text, timestamptz), identity_proved_at(uuid) FROM PUBLIC;
