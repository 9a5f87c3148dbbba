using Fathom.Domain;
using Fathom.Domain.Ports;
using Fathom.Domain.Segments;
using Fathom.Journal.Recordings;

namespace Fathom.Tests.Journal.Recordings;

public sealed class RecordingReaderTests : IDisposable
{
    private readonly SmallRecording _recording = new();

    public void Dispose() => _recording.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_flipped_byte_of_every_file_is_found(bool isCompressed)
    {
        ICompressor? compressor = isCompressed ? new MessagePacking() : null;
        _recording.Record(3, 12, 4, segmentLengthMax: 500, compressor: compressor);
        Assert.Equal(isCompressed, new FileInfo(_recording.PathOf("outputs-000001.segment")).Length < 4 * 112);
        foreach (string path in Directory.GetFiles(_recording.Folder))
        {
            byte[] sound = File.ReadAllBytes(path), damaged = [.. sound];
            for (int at = 0; at < sound.Length; at++)
            {
                damaged[at] ^= (byte)(1 << (at % 8));
                File.WriteAllBytes(path, damaged);
                Assert.Throws<InputException>(() => SmallRecording.Read(_recording.Folder, compressor));
                damaged[at] = sound[at];
            }
            File.WriteAllBytes(path, sound);
        }
        Assert.Equal(12, SmallRecording.Read(_recording.Folder, compressor).Inputs.Count);
    }

    [Fact]
    public void Every_truncation_of_every_file_is_found_and_so_is_a_byte_too_many()
    {
        _recording.Record(3, 12, 4, segmentLengthMax: 500);
        foreach (string path in Directory.GetFiles(_recording.Folder))
        {
            byte[] sound = File.ReadAllBytes(path);
            for (int length = 0; length < sound.Length; length++)
            {
                File.WriteAllBytes(path, sound[..length]);
                Assert.Throws<InputException>(() => SmallRecording.Read(_recording.Folder));
            }
            File.WriteAllBytes(path, [.. sound, 0]);
            Assert.Throws<InputException>(() => SmallRecording.Read(_recording.Folder));
            File.WriteAllBytes(path, sound);
        }
    }

    [Fact]
    public void What_is_missing_renamed_or_anothers_is_told_apart()
    {
        _recording.Record(3, 10_000, 4, segmentLengthMax: 1);
        string first = _recording.PathOf("inputs-000001.segment"), second = _recording.PathOf("inputs-000002.segment"), aside = _recording.PathOf("aside");
        Assert.True(File.Exists(second));

        File.Move(second, aside);
        Wrong("no such file", "inputs-000002.segment");
        File.Move(first, second);
        File.Move(aside, first);
        Wrong("segment 2 of the inputs, from message", "inputs-000001.segment");
        File.Move(first, aside);
        File.Move(second, first);
        File.Move(aside, second);
        Assert.Equal(10_000, SmallRecording.Read(_recording.Folder).Inputs.Count);

        string extra = _recording.PathOf("outputs-000009.segment");
        File.Copy(first, extra);
        Wrong("a segment that the manifest does not know", "outputs-000009.segment");
        File.Delete(extra);

        string other = Path.Combine(_recording.Root, "other"), twin = Path.Combine(_recording.Root, "twin");
        _recording.Record(3, 10_000, 4, journal: 99, segmentLengthMax: 1, folder: other);
        byte[] mine = File.ReadAllBytes(first);
        File.Copy(Path.Combine(other, "inputs-000001.segment"), first, overwrite: true);
        Wrong("a segment of another run (0000000000000063)", "inputs-000001.segment");
        File.WriteAllBytes(first, mine);

        // Another run of the same configuration: same name, place and lengths, other messages.
        _recording.Record(4, 10_000, 4, segmentLengthMax: 1, folder: twin);
        string outputs = _recording.PathOf("outputs-000001.segment");
        File.Copy(Path.Combine(twin, "outputs-000001.segment"), outputs, overwrite: true);
        Wrong("other messages", "outputs-000001.segment");
    }

    [Fact]
    public void A_folder_that_is_no_recording_is_told_what_one_is()
    {
        Assert.Equal("no such folder", Assert.Throws<InputException>(() => RecordingReader.Open(_recording.Folder, null)).Found);
        Directory.CreateDirectory(_recording.Folder);
        Assert.Equal("no manifest.txt", Assert.Throws<InputException>(() => RecordingReader.Open(_recording.Folder, null)).Found);
        File.WriteAllText(_recording.PathOf("file"), "");
        Assert.Equal("a file", Assert.Throws<InputException>(() => RecordingReader.Open(_recording.PathOf("file"), null)).Found);
        File.Delete(_recording.PathOf("file"));
        _recording.Record(1, 5, 5);
        File.Delete(_recording.PathOf("manifest.txt"));
        Assert.Contains("did not come to its end", Assert.Throws<InputException>(() => RecordingReader.Open(_recording.Folder, null)).Found, StringComparison.Ordinal);
    }

    private void Wrong(string found, string file)
    {
        InputException wrong = Assert.Throws<InputException>(() => SmallRecording.Read(_recording.Folder));
        Assert.StartsWith(found, wrong.Found, StringComparison.Ordinal);
        Assert.EndsWith(file, wrong.Subject, StringComparison.Ordinal);
    }
}
