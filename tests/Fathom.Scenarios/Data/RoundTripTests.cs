using Fathom.Data.Dbn;

namespace Fathom.Scenarios.Data;

public class RoundTripTests
{
    /// <summary>Version 3 files of market-by-order records, read as messages and written with their header, come back byte for byte.</summary>
    [Theory]
    [InlineData("dbn/corpus/test_data.mbo.v3.dbn")]
    [InlineData("dbn/golden/synthetic.mbo.v3.dbn")]
    [InlineData("mbo/CLX5_mbo.dbn")]
    public void Market_by_order_files_are_written_as_they_were(string file)
    {
        string path = RealFiles.Find(file);
        string folder = Directory.CreateTempSubdirectory("fathom-test-").FullName;
        try
        {
            string copy = Path.Combine(folder, "copy.dbn");
            Copy(path, copy);
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(copy));
            Copy(path, copy + ".zst");
            Copy(copy + ".zst", copy);
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(copy));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        using DbnSource source = DbnFile.Open(from);
        using DbnWriter writer = DbnWriter.Create(to, new DbnWriteOptions { Header = source.Header });
        byte[] buffer = new byte[1 << 16];
        for (int length; (length = source.Read(buffer)) > 0;) writer.Write(buffer.AsSpan(0, length));
        writer.Complete();
    }
}
