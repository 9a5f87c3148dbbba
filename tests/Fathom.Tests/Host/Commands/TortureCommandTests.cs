using Fathom.Host;

namespace Fathom.Tests.Host.Commands;

public sealed class TortureCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-torture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--seeds: found '5..1', which runs backwards", "--seeds", "5..1")]
    [InlineData("--seeds: found '1..'", "--seeds", "1..")]
    [InlineData("--seeds: found 'all'", "--seeds", "all")]
    [InlineData("--seeds: found '-3..4'", "--seeds=-3..4")]
    [InlineData("--seeds: found '1..99999999999'", "--seeds", "1..99999999999")]
    [InlineData("--seed: found '-1'", "--seed=-1")]
    [InlineData("--seed: found 'x'", "--seed", "x")]
    [InlineData("--seeds: found --seed too, expected either many seeds or one schedule", "--seeds", "1..2", "--seed", "1")]
    [InlineData("--seeds: found --schedule too", "--seeds", "1..2", "--schedule", "seed=1")]
    [InlineData("--schedule: found 'comand_lost@3:0'", "--schedule", "seed=1,comand_lost@3:0")]
    [InlineData("The kinds are command_lost, command_late", "--schedule", "nothing@1")]
    [InlineData("--schedule: found 'command_lost@-3:0'", "--schedule", "command_lost@-3:0")]
    [InlineData("--schedule: found 'command_lost@x'", "--schedule", "command_lost@x")]
    [InlineData("--schedule: found 'messages=0'", "--schedule", "seed=1,messages=0")]
    [InlineData("--seed: found 4, and seed=3 in --schedule", "--seed", "4", "--schedule", "seed=3,command_lost@3")]
    [InlineData("--threads: found '0', expected a whole number from 1 to 256", "--threads", "0")]
    [InlineData("--threads: found 'many'", "--threads", "many")]
    [InlineData("--messages: found '0', expected a whole number from 1 to 1000000. Write --messages 700.", "--messages", "0")]
    [InlineData("--set venue.entry_latency=1ms: found no configuration", "--set", "venue.entry_latency=1ms")]
    [InlineData("no-such.toml", "no-such.toml")]
    public void What_makes_no_sense_is_refused_before_anything_runs(string message, params string[] arguments)
    {
        (int exitCode, string output, string error) = Run(["torture", .. arguments, "--out", Path.Combine(_folder, "out")]);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("orders.creation_timeout=1ms", "orders.creation_timeout")]
    [InlineData("orders.query_backoff=2m", "orders.query_backoff_max")]
    [InlineData("orders.comand_lifetime=2s", "orders.command_lifetime")]
    public void Times_that_contradict_each_other_are_refused(string set, string message)
    {
        string file = Path.Combine(_folder, "run.toml");
        File.WriteAllText(file, "[data]\nfile = \"x.dbn\"\n[[strategy]]\nname = \"quoter\"\n");
        (int exitCode, _, string error) = Run("torture", file, "--set", set);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_whose_data_is_missing_is_refused()
    {
        string file = Path.Combine(_folder, "run.toml");
        File.WriteAllText(file, "[data]\nfile = \"x.dbn\"\n[[strategy]]\nname = \"quoter\"\n");
        (int exitCode, _, string error) = Run("torture", file);
        Assert.Equal(2, exitCode);
        Assert.Contains("x.dbn", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_names_every_option()
    {
        (int exitCode, string output, _) = Run("torture", "--help");
        Assert.Equal(0, exitCode);
        Assert.All(["CONFIG", "--seeds", "--seed", "--schedule", "--messages", "--threads", "--stop-at-first", "--out", "--json", "--set"], option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int exitCode = Program.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
