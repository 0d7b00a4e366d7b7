-- A database as version 5 of the schema left it. Never change it: it stands for what people have on their disks.
CREATE TABLE bridges (  number INTEGER PRIMARY KEY,  id TEXT NOT NULL UNIQUE,  name TEXT,  host TEXT,  port INTEGER NOT NULL,  accepted_mode INTEGER NOT NULL,  type INTEGER NOT NULL, instant_updates INTEGER NOT NULL DEFAULT 1, allows_pairing INTEGER, was_reset INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE devices (  bridge_id TEXT NOT NULL REFERENCES bridges (id) ON DELETE CASCADE,  nuki_id INTEGER NOT NULL,  device_type INTEGER NOT NULL,  position INTEGER NOT NULL,  name TEXT,  firmware_version TEXT,  has_state INTEGER NOT NULL,  state_code INTEGER,  mode INTEGER,  battery_critical INTEGER,  battery_charging INTEGER,  battery_percent INTEGER,  keypad_battery_critical INTEGER,  door_state_code INTEGER,  ring_active INTEGER,  ring_timestamp INTEGER,  timestamp INTEGER,  confirmed_at INTEGER,  changed_at INTEGER,  PRIMARY KEY (bridge_id, nuki_id, device_type)) STRICT, WITHOUT ROWID;
INSERT INTO bridges VALUES (1, 'full', 'Hausflur', '192.0.2.7', 8080, 3, 1, 1, NULL, 0);
INSERT INTO bridges VALUES (2, 'bare', NULL, NULL, 0, 0, 0, 1, NULL, 0);
INSERT INTO devices VALUES ('full', -1, 4, 0, 'Tür', '3.4.5', 1, 1, 2, 1, 0, 85, 1, 2, 1, 1700000001, 1700000002, 1700000003, 1700000004);
INSERT INTO devices VALUES ('full', 7, -1, 1, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE installation (  name TEXT PRIMARY KEY NOT NULL,  value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO installation VALUES ('id', '0123456789abcdef');
CREATE TABLE events (  id INTEGER PRIMARY KEY,  bridge INTEGER NOT NULL REFERENCES bridges (number) ON DELETE CASCADE,  nuki_id INTEGER NOT NULL,  device_type INTEGER NOT NULL,  at INTEGER NOT NULL,  kind INTEGER NOT NULL,  from_value INTEGER,  to_value INTEGER NOT NULL,  cause INTEGER NOT NULL) STRICT;
CREATE INDEX events_by_time ON events (at);
CREATE INDEX events_by_lock ON events (bridge, nuki_id, device_type, at);
CREATE INDEX events_by_kind ON events (bridge, nuki_id, device_type, kind);
INSERT INTO events VALUES (1, 1, -1, 4, 1700000004, 1, 3, 1, 1);
INSERT INTO events VALUES (2, 1, -1, 4, 1700000005, 3, NULL, 1700000001, 0);
CREATE TABLE choices (  bridge_id TEXT NOT NULL REFERENCES bridges (id) ON DELETE CASCADE,  nuki_id INTEGER NOT NULL,  device_type INTEGER NOT NULL,  name TEXT,  hidden INTEGER NOT NULL,  PRIMARY KEY (bridge_id, nuki_id, device_type)) STRICT, WITHOUT ROWID;
INSERT INTO choices VALUES ('full', -1, 4, 'Keller', 1);
INSERT INTO choices VALUES ('full', 8, -1, NULL, 0);
PRAGMA user_version = 5;
