/* What C programs do with files and Rust's library does not: links, times, seeking, listing. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHECK(condition) \
    if (!(condition)) { printf("line %d: %s (%s)\n", __LINE__, #condition, strerror(errno)); return 1; }
#define FAILS(call, code) \
    errno = 0; CHECK((call) < 0 && errno == (code))

int main(void) {
    char buffer[100] = {0};
    struct stat stat_file, stat_link;
    FILE *file = fopen("/data/file", "w+");
    CHECK(file);
    CHECK(fprintf(file, "0123456789") == 10);
    CHECK(fseek(file, 4, SEEK_SET) == 0 && fgetc(file) == '4');
    CHECK(fclose(file) == 0);
    CHECK(truncate("/data/file", 6) == 0);
    CHECK(symlink("file", "/data/link") == 0);
    CHECK(readlink("/data/link", buffer, sizeof buffer) == 4 && strcmp(buffer, "file") == 0);
    CHECK(stat("/data/link", &stat_file) == 0 && S_ISREG(stat_file.st_mode) && stat_file.st_size == 6);
    CHECK(lstat("/data/link", &stat_link) == 0 && S_ISLNK(stat_link.st_mode));
    struct timespec times[2] = {{1000, 0}, {2000, 0}};
    CHECK(utimensat(AT_FDCWD, "/data/file", times, 0) == 0);
    CHECK(stat("/data/file", &stat_file) == 0 && stat_file.st_mtim.tv_sec == 2000 && stat_file.st_atim.tv_sec == 1000);
    CHECK(link("/data/file", "/data/hard") == 0);
    CHECK(stat("/data/hard", &stat_link) == 0 && stat_link.st_ino == stat_file.st_ino && stat_link.st_nlink == 2);
    CHECK(mkdir("/data/dir", 0777) == 0);
    FAILS(mkdir("/data/dir", 0777), EEXIST);
    FAILS(unlink("/data/dir"), EISDIR);
    FAILS(rmdir("/data/file"), ENOTDIR);
    FAILS(open("/data/file", O_RDONLY | O_DIRECTORY), ENOTDIR);
    FAILS(open("/data/link", O_RDONLY | O_NOFOLLOW), ELOOP);
    FAILS(open("/data/file", O_CREAT | O_EXCL | O_RDWR, 0666), EEXIST);
    FAILS(open("/data/none", O_RDONLY), ENOENT);
    FAILS(rename("/data/dir", "/data/file"), ENOTDIR);
    int descriptor = open("/data/file", O_RDONLY);
    CHECK(descriptor >= 0);
    FAILS(write(descriptor, "x", 1), EBADF);
    CHECK(pread(descriptor, buffer, 3, 2) == 3 && memcmp(buffer, "234", 3) == 0);
    CHECK(lseek(descriptor, 0, SEEK_END) == 6);
    CHECK(close(descriptor) == 0);
    int count = 0;
    DIR *directory = opendir("/data");
    CHECK(directory);
    for (struct dirent *entry; (entry = readdir(directory));) {
        count += entry->d_type == DT_LNK || entry->d_type == DT_REG || strcmp(entry->d_name, "dir") == 0;
    }
    CHECK(closedir(directory) == 0 && count == 4);
    CHECK(unlink("/data/link") == 0 && unlink("/data/hard") == 0 && unlink("/data/file") == 0 && rmdir("/data/dir") == 0);
    puts("all fine");
    return 0;
}
