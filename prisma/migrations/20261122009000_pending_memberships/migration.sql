-- An organisation cannot put itself among those of somebody who never answered it: whom it adds is awaited, and it is
-- neither listed for him nor entered, until he uses a link that it mailed. Somebody who belongs nowhere else may also use
-- a link that he asked for himself, since his invitation may have run out.

ALTER TABLE membership ADD COLUMN pending boolean NOT NULL DEFAULT false;

-- The owner is held by the policies too: they step aside for the back-fill alone.
ALTER TABLE membership NO FORCE ROW LEVEL SECURITY;
ALTER TABLE device NO FORCE ROW LEVEL SECURITY;
UPDATE membership m SET pending = true
 WHERE m.invited_at IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM device d WHERE d.org_id = m.org_id AND d.membership_id = m.id);
ALTER TABLE device FORCE ROW LEVEL SECURITY;
ALTER TABLE membership FORCE ROW LEVEL SECURITY;

-- As before, without the organisations that still await the person.
CREATE OR REPLACE FUNCTION identity_memberships(p_person uuid)
  RETURNS TABLE (org_id uuid, org_name text, membership_id uuid, display_name text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM set_config('app.person', p_person::text, true);
  RETURN QUERY
    SELECT m.org_id, o.name, m.id, m.display_name
    FROM membership m JOIN organisation o ON o.id = m.org_id JOIN person p ON p.id = m.person_id
    WHERE m.person_id = p_person AND m.revoked_at IS NULL AND NOT m.pending
      AND (p.founded_org IS NULL OR p.founded_org = m.org_id OR p.proved_at IS NOT NULL)
    ORDER BY m.created_at, m.id;
  PERFORM set_config('app.person', '', true);
END $$;

-- As before; and a link that still serves ends the waiting of the organisation that sent it, or, for who belongs nowhere,
-- of all. An organisation founded under an address that this very link proves does not count as belonging: another may
-- have founded it. The person's other links go, but for those of organisations that still await him: nothing else opens these.
CREATE OR REPLACE FUNCTION identity_take_link(p_token_hash text, p_now timestamptz)
  RETURNS TABLE (email text, expires_at timestamptz, org_id uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  v_org_before text := coalesce(current_setting('app.org', true), '');
  v_person_before text := coalesce(current_setting('app.person', true), '');
  v_link record;
  v_person uuid;
  v_founded uuid;
  v_awaiting record;
BEGIN
  SELECT t.email, t.expires_at, t.org_id INTO v_link FROM sign_in_token t WHERE t.token_hash = p_token_hash FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT p.id INTO v_person FROM person p WHERE p.email = v_link.email;
  PERFORM set_config('app.person', coalesce(v_person::text, ''), true);

  IF v_link.expires_at > p_now THEN
    UPDATE person p SET proved_at = p_now, password_hash = NULL
     WHERE p.id = v_person AND p.founded_org IS NOT NULL AND p.proved_at IS NULL RETURNING p.founded_org INTO v_founded;
    FOR v_awaiting IN
      SELECT m.org_id, m.id FROM membership m
       WHERE m.person_id = v_person AND m.pending AND m.revoked_at IS NULL
         AND (m.org_id = v_link.org_id OR v_link.org_id IS NULL AND NOT EXISTS (
           SELECT 1 FROM membership held
            WHERE held.person_id = v_person AND NOT held.pending AND held.revoked_at IS NULL
              AND held.org_id IS DISTINCT FROM v_founded))
    LOOP
      PERFORM set_config('app.org', v_awaiting.org_id::text, true);
      UPDATE membership m SET pending = false WHERE m.org_id = v_awaiting.org_id AND m.id = v_awaiting.id;
    END LOOP;
  END IF;

  DELETE FROM sign_in_token t
   WHERE t.email = v_link.email AND (t.token_hash = p_token_hash OR NOT EXISTS (
     SELECT 1 FROM membership m WHERE m.person_id = v_person AND m.org_id = t.org_id AND m.pending));
  PERFORM set_config('app.org', v_org_before, true);
  PERFORM set_config('app.person', v_person_before, true);
  RETURN QUERY SELECT v_link.email, v_link.expires_at, v_link.org_id;
END $$;
