// SQLite in memory: inserts, an index, queries, updates; prepared statements and the parser.
#include <string.h>

#include "kernel.h"

#define SQLITE_OS_OTHER 1 // no operating system: what SQLite wants of one is below
#define SQLITE_THREADSAFE 0
#define SQLITE_TEMP_STORE 3
#define SQLITE_OMIT_LOAD_EXTENSION
#define SQLITE_OMIT_LOCALTIME
#define SQLITE_ENABLE_FTS5
#define SQLITE_ENABLE_RTREE
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#define SQLITE_ENABLE_MATH_FUNCTIONS
#include "sqlite3.c"

static int no_file(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *opened) {
  file->pMethods = NULL;
  return SQLITE_CANTOPEN;
}

static int no_delete(sqlite3_vfs *vfs, const char *name, int sync) { return SQLITE_IOERR_DELETE; }

static int no_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) { return *result = 0, SQLITE_OK; }

static int same_path(sqlite3_vfs *vfs, const char *name, int length, char *path) {
  return *sqlite3_snprintf(length, path, "%s", name) ? SQLITE_OK : SQLITE_CANTOPEN;
}

// the same each time, so that the work is
static int zeros(sqlite3_vfs *vfs, int length, char *bytes) { return memset(bytes, 0, length), length; }

static int no_sleep(sqlite3_vfs *vfs, int microseconds) { return microseconds; }

static int epoch(sqlite3_vfs *vfs, sqlite3_int64 *julian) { return *julian = 210866760000000, SQLITE_OK; }

int sqlite3_os_init(void) {
  static sqlite3_vfs none = {
      .iVersion = 2,
      .szOsFile = sizeof(sqlite3_file),
      .mxPathname = 64,
      .zName = "none",
      .xOpen = no_file,
      .xDelete = no_delete,
      .xAccess = no_access,
      .xFullPathname = same_path,
      .xRandomness = zeros,
      .xSleep = no_sleep,
      .xCurrentTimeInt64 = epoch,
  };
  return sqlite3_vfs_register(&none, 1);
}

int sqlite3_os_end(void) { return SQLITE_OK; }

static void check(int ok) {
  if (!ok) __builtin_trap();
}

static void execute(sqlite3 *db, const char *sql) { check(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK); }

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK);
  return statement;
}

// All numbers of all rows; the parameters have been bound.
static uint64_t rows(sqlite3_stmt *statement) {
  uint64_t sum = 0;
  while (sqlite3_step(statement) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count(statement); i++) sum = mix(sum, sqlite3_column_int64(statement, i));
  check(sqlite3_reset(statement) == SQLITE_OK);
  return sum;
}

static uint64_t query(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = prepare(db, sql);
  uint64_t sum = rows(statement);
  sqlite3_finalize(statement);
  return sum;
}

int64_t run(int32_t n) {
  sqlite3 *db;
  check(sqlite3_open(":memory:", &db) == SQLITE_OK);
  execute(db,
          "create table customer (id integer primary key, name text, city text);"
          "create table sale (id integer primary key, customer integer, amount integer, remark text);"
          "create index sale_customer on sale (customer);");

  uint64_t random = 29, sum = 0;
  int32_t customers = n * 10, sales = n * 100;
  execute(db, "begin");
  sqlite3_stmt *insert = prepare(db, "insert into customer values (?, 'customer ' || ?1, char(65 + ? % 26) || 'ville')");
  for (int32_t i = 0; i < customers; i++) {
    sqlite3_bind_int(insert, 1, i);
    sqlite3_bind_int64(insert, 2, next_random(&random) >> 1);
    sum += rows(insert);
  }
  sqlite3_finalize(insert);
  insert = prepare(db, "insert into sale (customer, amount, remark) values (?, ?, printf('%08x of %d', ?2, ?1))");
  for (int32_t i = 0; i < sales; i++) {
    uint64_t r = next_random(&random);
    sqlite3_bind_int(insert, 1, r % customers);
    sqlite3_bind_int(insert, 2, r >> 40 & 0xffff);
    sum += rows(insert);
  }
  sqlite3_finalize(insert);
  execute(db, "commit");

  sqlite3_stmt *by_customer = prepare(db, "select count(*), total(amount), max(length(remark)) from sale where customer = ?");
  for (int32_t i = 0; i < customers; i++) {
    sqlite3_bind_int(by_customer, 1, i);
    sum = mix(sum, rows(by_customer));
  }
  sqlite3_finalize(by_customer);
  sum = mix(sum, query(db, "select city, count(*), sum(amount) from sale join customer on customer = customer.id"
                           " group by city order by sum(amount) desc"));
  sum = mix(sum, query(db, "select count(*) from sale where remark like '%ff%' and amount % 3 = 1"));
  execute(db, "update sale set amount = amount + 1, remark = upper(remark) where id % 5 = 0;"
              "delete from sale where amount < 20000;");
  sum = mix(sum, query(db, "select id, amount from sale order by remark limit 100"));
  check(sqlite3_close(db) == SQLITE_OK);
  return sum;
}
