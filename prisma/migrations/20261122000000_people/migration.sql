-- An administrator adds people by address. People are global: the application names addresses and gets ids, and reads
-- only the addresses of its own organisation's members.

-- One row per address, in any case or spacing; new people get the id proposed, known ones keep theirs.
CREATE FUNCTION identity_ensure_people(p_ids uuid[], p_emails text[]) RETURNS TABLE (email text, id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH asked AS (
    SELECT DISTINCT ON (lower(btrim(e))) i AS id, lower(btrim(e)) AS email
      FROM unnest(p_ids, p_emails) AS given (i, e) ORDER BY lower(btrim(e)), i),
  made AS (
    INSERT INTO person (id, email) SELECT asked.id, asked.email FROM asked ORDER BY asked.email
    ON CONFLICT (email) DO UPDATE SET email = excluded.email RETURNING person.email, person.id)
  SELECT made.email, made.id FROM made
$$;

-- Addresses of the members of the organisation in context, which its administrator wrote himself.
CREATE FUNCTION identity_member_emails(p_memberships uuid[]) RETURNS TABLE (membership_id uuid, email text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.id, p.email FROM membership m JOIN person p ON p.id = m.person_id
   WHERE m.org_id = (SELECT app_org()) AND m.id = ANY (p_memberships)
$$;

REVOKE ALL ON FUNCTION identity_ensure_people(uuid[], text[]), identity_member_emails(uuid[]) FROM PUBLIC;
