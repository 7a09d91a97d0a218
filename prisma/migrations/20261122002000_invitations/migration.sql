-- A link may be an organisation's own: an invitation, or one that its administrator sends to somebody who cannot enter.
-- It opens that organisation whatever ways of signing in it allows, and lasts longer than one that anybody may ask for.

ALTER TABLE sign_in_token ADD COLUMN org_id uuid;
-- When the last invitation left; null when none has.
ALTER TABLE membership ADD COLUMN invited_at timestamptz(3);

-- Links of an organisation to members of the organisation in context, all at once; addresses of others are left out.
CREATE FUNCTION identity_start_invitations(p_memberships uuid[], p_token_hashes text[], p_expires timestamptz) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO sign_in_token (token_hash, email, expires_at, org_id)
  SELECT given.hash, p.email, p_expires, m.org_id
    FROM unnest(p_memberships, p_token_hashes) AS given (membership_id, hash)
    JOIN membership m ON m.org_id = (SELECT app_org()) AND m.id = given.membership_id
    JOIN person p ON p.id = m.person_id
$$;

-- What a link is, without using it: for the page that opens it, and for who cannot use it any more.
CREATE FUNCTION identity_look_at_link(p_token_hash text) RETURNS TABLE (expires_at timestamptz, org_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.expires_at, t.org_id FROM sign_in_token t WHERE t.token_hash = p_token_hash
$$;

-- Uses a link once and drops the person's other links; nothing when it is unknown or was used.
DROP FUNCTION identity_take_link(text);
CREATE FUNCTION identity_take_link(p_token_hash text) RETURNS TABLE (email text, expires_at timestamptz, org_id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH used AS (SELECT t.email, t.token_hash, t.expires_at, t.org_id FROM sign_in_token t WHERE t.token_hash = p_token_hash FOR UPDATE),
       gone AS (DELETE FROM sign_in_token t USING used WHERE t.email = used.email RETURNING t.token_hash)
  SELECT used.email, used.expires_at, used.org_id FROM used JOIN gone ON gone.token_hash = used.token_hash
$$;

REVOKE ALL ON FUNCTION identity_start_invitations(uuid[], text[], timestamptz), identity_look_at_link(text), identity_take_link(text) FROM PUBLIC;
