using Fathom.Data.Files;
using Fathom.Domain;

namespace Fathom.Tests.Data.Files;

public sealed class InputFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fathom-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_file_opens()
    {
        using FileStream file = InputFile.Open(FileOf("abc"), "a DBN file");
        Assert.Equal(3, file.Length);
    }

    [Fact]
    public void A_missing_file_says_where_it_was_looked_for()
    {
        InputException wrong = Assert.Throws<InputException>(() => InputFile.Open("no/such.dbn", "a DBN file"));
        Assert.Equal("no such file", wrong.Found);
        Assert.Contains(Path.GetFullPath("no/such.dbn"), wrong.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_refused() => Assert.Equal("a directory", Assert.Throws<InputException>(() => InputFile.Open(_directory.FullName, "a DBN file")).Found);

    [Fact]
    public void An_empty_file_is_refused() => Assert.Equal("an empty file", Assert.Throws<InputException>(() => InputFile.Open(FileOf(""), "a DBN file")).Found);

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_name_that_no_file_can_have_is_refused(string name) => Assert.Throws<InputException>(() => InputFile.Open(name, "a DBN file"));

    [Fact]
    public void A_file_that_may_not_be_read_is_refused()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may read everything; run the tests as another user");
        string path = FileOf("abc");
        if (OperatingSystem.IsLinux()) File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Equal("a file that may not be read", Assert.Throws<InputException>(() => InputFile.Open(path, "a DBN file")).Found);
    }

    private string FileOf(string content)
    {
        string path = Path.Combine(_directory.FullName, "file");
        File.WriteAllText(path, content);
        return path;
    }
}
