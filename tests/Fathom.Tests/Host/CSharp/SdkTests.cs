using Fathom.Domain;
using Fathom.Host.CSharp;

namespace Fathom.Tests.Host.CSharp;

public sealed class SdkTests : IDisposable
{
    private static readonly string Newer = $"{Environment.Version.Major}.0";

    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-sdk-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_one_that_runs_the_tests_is_found()
    {
        Sdk sdk = Sdk.Find();
        Assert.True(File.Exists(sdk.Dotnet) && File.Exists(sdk.Compiler) && File.Exists(Path.Combine(sdk.References, "System.Runtime.dll")));
    }

    [Fact]
    public void The_newest_finished_one_is_taken()
    {
        foreach (string version in new[] { "9.0.300", $"{Newer}.99", $"{Newer}.101", $"{Newer}.200-preview.1", $"{Newer}.200", "nonsense" }) Put("sdk", version, "Roslyn", "bincore", "csc.dll");
        foreach (string version in new[] { "9.0.1", $"{Newer}.2", $"{Newer}.11" }) Put("packs", "Microsoft.NETCore.App.Ref", version, "ref", $"net{Newer}", "System.Runtime.dll");
        Put("dotnet");
        Sdk sdk = Sdk.Find([Path.Combine(_folder, "nowhere"), _folder]);
        Assert.Contains($"/sdk/{Newer}.200/", sdk.Compiler, StringComparison.Ordinal);
        Assert.Contains($"/{Newer}.11/", sdk.References, StringComparison.Ordinal);
    }

    [Fact]
    public void A_runtime_alone_cannot_compile_and_the_message_says_where_was_looked()
    {
        Put("dotnet");
        InputException wrong = Assert.Throws<InputException>(() => Sdk.Find([_folder]));
        Assert.Contains(_folder, wrong.Found, StringComparison.Ordinal);
        Assert.Contains("DOTNET_ROOT", wrong.Fix, StringComparison.Ordinal);
    }

    private void Put(params string[] parts)
    {
        string path = Path.Combine([_folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }
}
