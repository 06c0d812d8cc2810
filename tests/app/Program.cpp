#include "app/Program.h"

#include "TemporaryFolder.h"
#include "support/Files.h"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace hmgrl::test {
namespace {

void redirect(const std::string& file, int flags, int to) {
    const int descriptor = ::open(file.c_str(), flags, 0600);
    if (descriptor < 0 || ::dup2(descriptor, to) < 0)
        ::_exit(126);
}

} // namespace

Ran run(const std::string& name, const std::vector<std::string>& arguments,
        const std::string& input, int interruptAfter) {
    const TemporaryFolder folder;
    const std::string in = folder.write("in", input);
    const std::string out = folder.write("out", ""), error = folder.write("error", "");
    const std::string program = std::string(HMGRL_BIN_DIR) + "/" + name;
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        redirect(in, O_RDONLY, STDIN_FILENO);
        redirect(out, O_WRONLY, STDOUT_FILENO);
        redirect(error, O_WRONLY, STDERR_FILENO);
        ::execv(program.c_str(), argv.data());
        ::_exit(127);
    }
    if (interruptAfter > 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(interruptAfter));
        ::kill(child, SIGINT);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, readFile(out), readFile(error)};
}

} // namespace hmgrl::test
