-- Run once by an administrator of Postgres. Passwords come from the environment of psql.
\getenv owner_password FIELDBACK_OWNER_PASSWORD
\getenv app_password FIELDBACK_APP_PASSWORD
\getenv worker_password FIELDBACK_WORKER_PASSWORD

-- Owns the schema: used by migrations alone, never by a server.
CREATE ROLE fieldback_owner LOGIN PASSWORD :'owner_password';
-- Held by row-level security: they own nothing and are granted table by table.
CREATE ROLE fieldback_app LOGIN PASSWORD :'app_password';
CREATE ROLE fieldback_worker LOGIN PASSWORD :'worker_password';

CREATE DATABASE fieldback OWNER fieldback_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE fieldback FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE fieldback TO fieldback_owner, fieldback_app, fieldback_worker;
