namespace Fathom.Tests.Data.Dbn;

/// <summary>A file of a test, gone when the test ends.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-test-").FullName;

    public TemporaryFile(byte[] bytes, string name = "test.dbn")
    {
        Path = System.IO.Path.Combine(_folder, name);
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
