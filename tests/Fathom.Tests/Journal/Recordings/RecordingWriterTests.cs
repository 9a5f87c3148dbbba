using System.Diagnostics;
using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Segments;
using Fathom.Journal.Recordings;
using Fathom.Tests.Domain.Segments;

namespace Fathom.Tests.Journal.Recordings;

public sealed class RecordingWriterTests : IDisposable
{
    private readonly SmallRecording _recording = new();

    public void Dispose() => _recording.Dispose();

    /// <summary>Law: what a run handed over is what a reader gets, over any number of segments, compressed or not.</summary>
    [Fact]
    public void What_is_recorded_is_read_again()
    {
        for (int seed = 0; seed < Fuzz.Seeds(40); seed++)
        {
            MessagePacking? compressor = seed % 2 == 0 ? new MessagePacking() : null;
            Random random = new(seed);
            (byte[][] inputs, byte[] outputs) = _recording.Record(seed, random.Next(3_000), random.Next(4) * 100, segmentLengthMax: random.Next(2) == 0 ? 1 : 300_000, compressor: compressor);
            (RecordingManifest manifest, List<byte[]> read, List<byte> published) = SmallRecording.Read(_recording.Folder, compressor);
            Assert.Equal(inputs, read);
            Assert.Equal(outputs, published);
            Assert.Equal((inputs.Length, outputs.Length / 112), (manifest.InputCount, manifest.OutputCount));
            Assert.Equal(new Hash128(1, 2), manifest.Fingerprint);
            Assert.Equal([new KeyValuePair<string, long>("some.fact", -5)], manifest.Facts);
        }
    }

    [Fact]
    public void Segments_are_of_bounded_length_and_nothing_else_is_in_the_folder()
    {
        _recording.Record(1, 60_000, 10, segmentLengthMax: 1_000_000);
        RecordingManifest manifest = SmallRecording.Read(_recording.Folder).Manifest;
        Assert.True(manifest.Segments.Count > 8);
        Assert.All(manifest.Segments, segment => Assert.True(segment.Length < 1_010_000));
        Assert.Equal(
            manifest.Segments.Select(segment => RecordingFiles.NameOf(segment.Kind, segment.Number)).Append("config.toml").Append("manifest.txt").Order(StringComparer.Ordinal),
            Directory.GetFileSystemEntries(_recording.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_run_that_does_not_come_to_its_end_leaves_nothing()
    {
        string folder = Path.Combine(_recording.Root, "a", "b");
        using (RecordingWriter writer = new(folder, 1, "", null)) WriteSome(writer);
        Assert.False(Directory.Exists(Path.Combine(_recording.Root, "a")));
        Directory.CreateDirectory(folder);
        using (RecordingWriter writer = new(folder, 1, "", null)) WriteSome(writer);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    /// <summary>What a killed process leaves is no recording to anybody, and no hindrance to the next run.</summary>
    [Fact]
    public void What_a_killed_run_leaves_is_not_accepted_and_is_recorded_over()
    {
        using RecordingWriter killed = new(_recording.Folder, SmallRecording.Journal, "", null, 1_000);
        WriteSome(killed);
        string copy = Path.Combine(_recording.Root, "copy");
        using (Process copying = Process.Start("cp", ["-r", _recording.Folder, copy])) copying.WaitForExit();      // the files as they are, whoever has them open
        Assert.NotEmpty(Directory.GetFiles(copy));
        Assert.Contains("did not come to its end", Assert.Throws<InputException>(() => RecordingReader.Open(copy, null)).Found, StringComparison.Ordinal);
        (byte[][] inputs, _) = _recording.Record(4, 100, 5, folder: copy);
        Assert.Equal(inputs, SmallRecording.Read(copy).Inputs);
        Assert.DoesNotContain(Directory.GetFiles(copy), path => path.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public void The_recording_that_was_there_stays_until_the_new_one_is_whole()
    {
        (byte[][] first, _) = _recording.Record(1, 2_000, 10);
        using (RecordingWriter writer = new(_recording.Folder, SmallRecording.Journal, "", null)) WriteSome(writer);
        Assert.Equal(first, SmallRecording.Read(_recording.Folder).Inputs);
        (byte[][] second, _) = _recording.Record(2, 50, 10);
        Assert.Equal(second, SmallRecording.Read(_recording.Folder).Inputs);
    }

    [Fact]
    public void Two_writers_do_not_share_a_folder()
    {
        using RecordingWriter first = new(_recording.Folder, 1, "", null);
        WriteSome(first);
        Assert.Throws<InputException>(() => new RecordingWriter(_recording.Folder, 1, "", null));
        first.Complete(default, []);
        Assert.Single(SmallRecording.Read(_recording.Folder).Inputs);
    }

    [Fact]
    public void A_folder_of_something_else_is_refused_and_stays_as_it_is()
    {
        void Refused(string found)
        {
            string[] before = Snapshot();
            Assert.Contains(found, Assert.Throws<InputException>(() => _recording.Record(1, 1, 1)).Found, StringComparison.Ordinal);
            Assert.Equal(before, Snapshot());
        }
        Directory.CreateDirectory(_recording.Folder);
        File.WriteAllText(_recording.PathOf("config.toml"), "mine = true");
        Refused("'config.toml' of something else");
        File.WriteAllText(_recording.PathOf("config.toml"), "");
        File.WriteAllText(_recording.PathOf("notes.txt"), "mine");
        Refused("'notes.txt'");
        Directory.Delete(_recording.Folder, recursive: true);
        Directory.CreateDirectory(_recording.PathOf("inputs-000001.segment"));
        Refused("'inputs-000001.segment'");
        Directory.Delete(_recording.Folder, recursive: true);
        _recording.Record(1, 10, 1, journal: 5);
        Refused("a recording of another run (0000000000000005)");
        File.Delete(_recording.PathOf("manifest.txt"));
        Refused("a recording of another run (0000000000000005)");
        Directory.Delete(_recording.Folder, recursive: true);
        File.WriteAllText(_recording.Folder, "a file");
        Assert.Equal("a file", Assert.Throws<InputException>(() => _recording.Record(1, 1, 1)).Found);
        File.Delete(_recording.Folder);
    }

    /// <summary>The disk is full: the engine's thread is told, and does not wait for ever for a block that nobody empties.</summary>
    [Fact]
    public void A_writer_that_cannot_write_stops_the_run()
    {
        using RecordingWriter writer = new(_recording.Folder, 1, "", new FullDisk());
        byte[] messages = [.. SomeMessages.Many(new Random(1), 1_000).SelectMany(message => message)];
        Assert.Throws<InputException>(() =>
        {
            for (int i = 0; i < 1_000; i++) writer.Inputs.Write(messages);
        });
        Assert.Throws<InputException>(() => writer.Complete(default, []));
    }

    [Fact]
    public void Nothing_is_allocated_on_the_engines_thread()
    {
        byte[] message = SomeMessages.One(new Random(1), 8);
        PlotEvent plot = new() { Header = MessageHeader.Create<PlotEvent>(MessageType.PlotEvent, 0, default, default, default) };
        using RecordingWriter writer = new(_recording.Folder, 1, "", null);
        for (int i = 0; i < 200_000; i++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200_000; i++) Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step()
        {
            writer.Inputs.Write(message);
            writer.Outputs.OnPlot(in plot);
        }
    }

    private string[] Snapshot() => [.. Directory.GetFileSystemEntries(_recording.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => File.Exists(path) ? $"{path} {File.ReadAllText(path)}" : path)];

    private static void WriteSome(RecordingWriter writer) => writer.Inputs.Write(SomeMessages.One(new Random(9), 8));

    private sealed class FullDisk : Fathom.Domain.Ports.ICompressor
    {
        public bool TryCompress(ReadOnlySpan<byte> content, Span<byte> to, out int length) => throw new InputException("disk", "no room", "room", "Make room.");

        public bool TryDecompress(ReadOnlySpan<byte> stored, Span<byte> to) => false;
    }
}
