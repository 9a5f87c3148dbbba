using Fathom.Domain;
using Fathom.Journal.Files;
using Fathom.Journal.Recordings;
using Fathom.Tests.Journal.Recordings;

namespace Fathom.Tests.Journal.Files;

public sealed class SegmentFileReaderTests : IDisposable
{
    private readonly SmallRecording _recording = new();

    public void Dispose() => _recording.Dispose();

    /// <summary>What a live run's journal will need after a kill: all whole blocks, and the word that there may have been more.</summary>
    [Fact]
    public void A_truncated_segment_is_read_up_to_its_last_whole_block_only_when_that_is_asked_for()
    {
        (byte[][] inputs, _) = _recording.Record(2, 20_000, 1, segmentLengthMax: 100_000_000);
        string path = _recording.PathOf("inputs-000001.segment");
        byte[] sound = File.ReadAllBytes(path);
        byte[] all = [.. inputs.SelectMany(message => message)];
        for (int seed = 0; seed < 30; seed++)
        {
            File.WriteAllBytes(path, sound[..new Random(seed).Next(64, sound.Length)]);
            using SegmentFileReader strict = new(path, null), lenient = new(path, null, allowTruncated: true);
            Assert.Throws<InputException>(() =>
            {
                while (strict.Read()) { }
            });
            List<byte> read = [];
            while (lenient.Read()) read.AddRange(lenient.Block);
            Assert.True(lenient.IsTruncated);
            Assert.True(all.AsSpan().StartsWith(read.ToArray()), $"seed {seed}");
            Assert.Equal(CountOf(read.Count, inputs), lenient.MessageCount);
        }
    }

    [Fact]
    public void A_damaged_block_is_refused_where_truncation_is_allowed_too()
    {
        _recording.Record(2, 100, 1);
        string path = _recording.PathOf("inputs-000001.segment");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[200] ^= 1;
        File.WriteAllBytes(path, bytes);
        using SegmentFileReader lenient = new(path, null, allowTruncated: true);
        Assert.Throws<InputException>(() => lenient.Read());
    }

    private static long CountOf(int length, byte[][] inputs)
    {
        int count = 0;
        for (int at = 0; at < length; count++) at += inputs[count].Length;
        return count;
    }
}
