using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Journal.Recordings;
using Fathom.Tests.Domain.Segments;

namespace Fathom.Tests.Journal.Recordings;

/// <summary>A recording of random messages in a folder of its own, which goes with it.</summary>
internal sealed class SmallRecording : IDisposable
{
    public const ulong Journal = 77;

    private readonly string _root = Directory.CreateTempSubdirectory("fathom-recording").FullName;

    public string Folder => Path.Combine(_root, "recording");

    public string Root => _root;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Records random messages, in random pieces.</summary>
    /// <returns>The inputs, one after the other, and the outputs.</returns>
    public (byte[][] Inputs, byte[] Outputs) Record(int seed, int inputs, int outputs, ulong journal = Journal, long segmentLengthMax = 4_000, ICompressor? compressor = null, string? folder = null)
    {
        Random random = new(seed);
        byte[][] messages = SomeMessages.Many(random, inputs);
        List<byte> published = [];
        using RecordingWriter writer = new(folder ?? Folder, journal, "a = 1\n", compressor, segmentLengthMax);
        for (int at = 0, told = 0; at < messages.Length || told < outputs;)
        {
            int count = Math.Min(random.Next(1, 4), messages.Length - at);
            if (count > 0) writer.Inputs.Write([.. messages[at..(at += count)].SelectMany(message => message)]);
            if (told++ >= outputs) continue;
            PlotEvent plot = new() { Header = MessageHeader.Create<PlotEvent>(MessageType.PlotEvent, 0, default, default, default), Value = random.NextDouble() };
            writer.Outputs.OnPlot(in plot);
            published.AddRange(Messages.AsBytes(in plot));
        }
        writer.Complete(new Hash128(1, 2), [new("some.fact", -5)]);
        return (messages, [.. published]);
    }

    /// <summary>Opens it and reads all of it.</summary>
    public static (RecordingManifest Manifest, List<byte[]> Inputs, List<byte> Outputs) Read(string folder, ICompressor? compressor = null)
    {
        RecordingReader reader = RecordingReader.Open(folder, compressor);
        List<byte[]> inputs = [];
        List<byte> outputs = [];
        using RecordedMessages first = reader.OpenInputs(), second = reader.OpenOutputs();
        while (first.Next())
        {
            inputs.Add(first.Current.ToArray());
            Assert.Equal(inputs.Count, first.Number);
        }
        while (second.Next()) outputs.AddRange(second.Current);
        return (reader.Manifest, inputs, outputs);
    }
}
