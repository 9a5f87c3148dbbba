using System.Text;
using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Segments;
using Fathom.Journal.Recordings;

namespace Fathom.Tests.Journal.Recordings;

public class RecordingManifestTests
{
    private static readonly RecordingManifest Some = new()
    {
        JournalId = 0xAB,
        Fingerprint = new Hash128(1, 0xF),
        ConfigurationLength = 812,
        Configuration = new Hash128(2, 3),
        Segments = [new(SegmentKind.Inputs, 1, 1, 10, 900, new Hash128(4, 5)), new(SegmentKind.Inputs, 2, 11, 5, 500, new Hash128(6, 7)), new(SegmentKind.Outputs, 1, 1, 0, 144, new Hash128(8, 9))],
        Facts = [new("driver.end", -3), new("driver.reports", long.MaxValue)],
    };

    [Fact]
    public void It_is_lines_of_words_and_comes_back_from_them()
    {
        string text = Encoding.ASCII.GetString(Some.ToBytes());
        Assert.StartsWith("""
            fathom recording 1
            journal 00000000000000ab
            fingerprint 0000000000000001000000000000000f
            configuration 812 00000000000000020000000000000003
            segment inputs 1 1 10 900 00000000000000040000000000000005
            segment inputs 2 11 5 500 00000000000000060000000000000007
            segment outputs 1 1 0 144 00000000000000080000000000000009
            fact driver.end -3
            fact driver.reports 9223372036854775807
            check 
            """, text, StringComparison.Ordinal);
        RecordingManifest back = RecordingManifest.Parse(Some.ToBytes(), "it");
        Assert.Equal(Some.Segments, back.Segments);
        Assert.Equal(Some.Facts, back.Facts);
        Assert.Equal((15, 0), (back.InputCount, back.OutputCount));
        Assert.Equal(Some.ToBytes(), back.ToBytes());
    }

    [Fact]
    public void Any_other_bytes_are_refused()
    {
        byte[] sound = Some.ToBytes();
        for (int at = 0; at < sound.Length; at++)
        {
            foreach (int other in (int[])[sound[at] ^ 1, sound[at] ^ 0x20, 0, 0xFF, ' ', '\n'])
            {
                byte[] damaged = [.. sound];
                if (damaged[at] == other) continue;
                damaged[at] = (byte)other;
                Assert.Throws<InputException>(() => RecordingManifest.Parse(damaged, "it"));
            }
            byte[] prefix = sound[..at];
            Assert.Throws<InputException>(() => RecordingManifest.Parse(prefix, "it"));
        }
        Assert.Throws<InputException>(() => RecordingManifest.Parse([.. sound, (byte)'\n'], "it"));
    }

    [Fact]
    public void Another_version_is_named()
    {
        byte[] newer = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(Some.ToBytes()).Replace("recording 1", "recording 2", StringComparison.Ordinal));
        Assert.Equal("a recording of version 2", Assert.Throws<InputException>(() => RecordingManifest.Parse(newer, "it")).Found);
    }

    [Fact]
    public void Segments_that_do_not_follow_each_other_are_refused_even_with_a_right_hash()
    {
        RecordedSegment[] all = [.. Some.Segments];
        foreach (RecordedSegment[] wrong in (RecordedSegment[][])[[all[1], all[0], all[2]], [all[0], all[2]], [all[0], all[1] with { FirstMessage = 12 }, all[2]], [all[2], all[0], all[1]], [all[0]], [all[2]], []])
        {
            if (wrong.Length == 2 && wrong[0].Number == 1) continue;      // whole: one segment of each
            byte[] bytes = (Some with { Segments = wrong }).ToBytes();
            Assert.Throws<InputException>(() => RecordingManifest.Parse(bytes, "it"));
        }
    }
}
