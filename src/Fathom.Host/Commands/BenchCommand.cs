using System.CommandLine;
using Fathom.Domain;

namespace Fathom.Host.Commands;

/// <summary><c>fathom bench</c>: another program, so that what measures is not part of what is measured. The launcher runs it; here it is only listed.</summary>
public static class BenchCommand
{
    public static Command Create()
    {
        Command command = new("bench", "Measure this machine: whole backtests, ways to run strategies, orders, order books, decoding ('fathom bench --help')") { TreatUnmatchedTokensAsErrors = false };
        return command.Runs(_ => throw new InputException("fathom bench", "the program started without its launcher", "the launcher, which builds and starts the benchmarks",
            "Use ./fathom bench … in the root of the repository."));
    }
}
