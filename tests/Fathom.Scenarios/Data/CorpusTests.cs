using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Domain.Messages;

namespace Fathom.Scenarios.Data;

public class CorpusTests
{
    private static readonly string[] s_translated = ["mbo", "definition", "status", "live"];

    /// <summary>Every file of the DBN corpora by its rule: legacy .dbz is refused, everything else is read whole; the vendor's own daily bars are
    /// files without a record.</summary>
    [Fact]
    public void Every_file_of_the_corpora_is_read_whole_or_refused_for_the_stated_reason()
    {
        string root = RealFiles.Find("dbn");
        int whole = 0, refused = 0;
        foreach (string path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(IsDbn).Order(StringComparer.Ordinal))
        {
            if (path.EndsWith(".dbz", StringComparison.Ordinal))
            {
                Assert.Contains("legacy DBZ", Assert.Throws<InputException>(() => Count(path)).Message);
                refused++;
                continue;
            }
            (long records, long messages) = Count(path);
            string name = Path.GetFileName(path);
            bool isEmpty = name.Contains("ohlcv-1d", StringComparison.Ordinal) && !path.Contains("corpus-python", StringComparison.Ordinal);
            bool isTranslated = s_translated.Any(kind => name.Contains(kind, StringComparison.Ordinal));
            Assert.True(records > 0 != isEmpty, $"{path}: {records} records");
            Assert.True(messages > 0 == isTranslated, $"{path}: {messages} messages");
            whole++;
        }
        Assert.True(whole > 150, $"{whole} files read");
        Assert.Equal(10, refused);
    }

    [Fact]
    public void Plain_and_compressed_files_of_the_same_records_give_the_same_messages()
    {
        string root = RealFiles.Find("dbn/corpus");
        Assert.Equal(Messages(Path.Combine(root, "test_data.mbo.v3.dbn")), Messages(Path.Combine(root, "test_data.mbo.v3.dbn.zst")));
        Assert.Equal(Messages(Path.Combine(root, "test_data.mbo.v3.dbn")), Messages(Path.Combine(root, "test_data.mbo.v1.dbn.zst")));
        Assert.Equal(Messages(Path.Combine(root, "test_data.definition.v3.dbn.frag")), Messages(Path.Combine(root, "test_data.definition.v3.dbn.frag.zst")));
        Assert.Equal(Messages(Path.Combine(root, "test_data.definition.v1.dbn.frag")), Messages(Path.Combine(root, "test_data.definition.v1.dbn.frag.zst")));
    }

    [Fact]
    public void A_file_of_several_frames_gives_the_records_of_all_of_them()
    {
        using DbnRecordReader reader = DbnRecordReader.Open(RealFiles.Find("dbn/corpus/multi-frame.definition.v1.dbn.frag.zst"));
        Assert.Equal(1, reader.Header.Version);
        int records = 0;
        while (reader.TryRead(out _)) records++;
        Assert.Equal(8, records);
    }

    private static bool IsDbn(string path) => Path.GetFileName(path).Contains(".dbn", StringComparison.Ordinal) || path.EndsWith(".dbz", StringComparison.Ordinal);

    private static (long Records, long Messages) Count(string path)
    {
        using DbnSource source = DbnFile.Open(path);
        byte[] buffer = new byte[1 << 16];
        long messages = 0;
        for (int length; (length = source.Read(buffer)) > 0;)
            for (int at = 0; at < length; at += Domain.Messages.Messages.Header(buffer.AsSpan(at)).Length) messages++;
        return (source.RecordCount, messages);
    }

    private static byte[] Messages(string path)
    {
        using DbnSource source = DbnFile.Open(path);
        using MemoryStream all = new();
        byte[] buffer = new byte[1 << 16];
        for (int length; (length = source.Read(buffer)) > 0;) all.Write(buffer, 0, length);
        Assert.True(all.Length > 0);
        return all.ToArray();
    }
}
