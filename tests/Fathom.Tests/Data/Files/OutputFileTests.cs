using Fathom.Data.Files;
using Fathom.Domain;

namespace Fathom.Tests.Data.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fathom-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_complete_file_has_its_name_and_replaces_the_old_one()
    {
        string path = Path.Combine(_directory.FullName, "out");
        File.WriteAllText(path, "old and longer");
        using (OutputFile file = OutputFile.Create(path))
        {
            file.Write("new"u8);
            Assert.Equal("old and longer", File.ReadAllText(path));
            file.Complete();
        }
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(_directory.GetFiles());
    }

    [Fact]
    public void Without_completion_nothing_stays()
    {
        using (OutputFile file = OutputFile.Create(Path.Combine(_directory.FullName, "out"))) file.Write("half"u8);
        Assert.Empty(_directory.GetFiles());
    }

    [Fact]
    public void A_directory_is_refused() => Assert.Equal("a directory", Assert.Throws<InputException>(() => OutputFile.Create(_directory.FullName)).Found);

    [Fact]
    public void A_missing_directory_is_named_with_the_command_that_makes_it()
    {
        string path = Path.Combine(_directory.FullName, "none", "out");
        Assert.Contains("mkdir -p", Assert.Throws<InputException>(() => OutputFile.Create(path)).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_is_written_straight()
    {
        using OutputFile file = OutputFile.Create("/dev/null");
        file.Write("gone"u8);
        file.Complete();
        Assert.False(File.Exists("/dev/null.partial"));
    }
}
