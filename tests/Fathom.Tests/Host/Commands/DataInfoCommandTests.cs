using System.Text.Json;
using Fathom.Host;
using Fathom.Host.Commands;
using Fathom.Tests.Data.Dbn;

namespace Fathom.Tests.Host.Commands;

public class DataInfoCommandTests
{
    private static readonly byte[] s_file = DbnBuilder.WithHeader(mappings: ("ESM4", [(19700101, 20240509, "7")])).Add(DbnBuilder.Mbo(10, 20)).ToArray();

    [Fact]
    public void Json_has_the_documented_keys()
    {
        using TemporaryFile file = new(s_file);
        (int code, string output, _) = Run("data", "info", file.Path, "--json");

        Assert.Equal(ExitCode.Done, code);
        using JsonDocument answer = JsonDocument.Parse(output);
        JsonElement root = answer.RootElement;
        Assert.Equal("dbn", root.GetProperty("format").GetString());
        Assert.Equal(3, root.GetProperty("version").GetInt32());
        Assert.Equal("mbo", root.GetProperty("schema").GetString());
        Assert.Equal("TEST.DATA", root.GetProperty("dataset").GetString());
        Assert.Equal(1, root.GetProperty("records").GetInt64());
        Assert.Equal(1, root.GetProperty("by_type").GetProperty("mbo").GetInt64());
        Assert.Equal(1, root.GetProperty("by_action").GetProperty("A").GetInt64());
        Assert.Equal(7, root.GetProperty("instruments")[0].GetProperty("id").GetInt64());
        Assert.Equal("ESM4", root.GetProperty("instruments")[0].GetProperty("symbol").GetString());
        Assert.Equal("1970-01-01T00:00:00.000000020Z", root.GetProperty("first").GetString());
        Assert.StartsWith("sha256:", root.GetProperty("content_hash").GetString());
    }

    [Fact]
    public void The_table_names_the_instrument_and_bad_files_exit_with_2()
    {
        using TemporaryFile file = new(s_file), cut = new(s_file[..^1]);
        (int code, string output, _) = Run("data", "info", file.Path);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("ESM4", output);

        (code, output, string error) = Run("data", "info", cut.Path);
        Assert.Equal(ExitCode.InputWrong, code);
        Assert.Equal("", output);
        Assert.Contains("--allow-truncated", error);
        Assert.Equal(ExitCode.Done, Run("data", "info", cut.Path, "--allow-truncated").Code);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = Program.Run(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
