using System.Text;
using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Ports;
using Fathom.Domain.Segments;
using Fathom.Journal.Files;

namespace Fathom.Journal.Recordings;

/// <summary>
/// Records a run: its effective configuration, every message that the engine consumes, every event that it publishes, and its fingerprint. The engine's thread only copies bytes into blocks;
/// one thread of this class hashes, compresses and writes them. The recording appears by <see cref="Complete"/>, all or nothing; one of the same run that was there is replaced then, and not before.
/// </summary>
public sealed class RecordingWriter : IDisposable
{
    /// <summary>Bytes of messages in a segment.</summary>
    public const long SegmentLengthMax = 64 << 20;

    private const int BlockLength = 64 << 10, BlockCount = 32;

    private readonly string _folder;
    private readonly ulong _journalId;
    private readonly byte[] _configuration;
    private readonly IReadOnlyList<string> _made;
    private readonly SegmentFileWriter _inputFiles, _outputFiles;
    private readonly BlockRing _ring;
    private readonly MessageStream _inputs, _outputs;

    /// <param name="folder">Made when it is missing.</param>
    /// <param name="journalId">Names the run: the first 64 bits of its configuration's hash.</param>
    /// <param name="configuration">The configuration that gives the run again.</param>
    /// <param name="compressor">Null: stored as it is. Used on this class's thread only.</param>
    /// <param name="segmentLengthMax">Bytes of messages in a segment, at most.</param>
    /// <exception cref="InputException">The folder holds something else, cannot be written, or somebody is recording into it.</exception>
    public RecordingWriter(string folder, ulong journalId, string configuration, ICompressor? compressor, long segmentLengthMax = SegmentLengthMax)
    {
        _folder = Path.GetFullPath(folder);
        _journalId = journalId;
        _configuration = Encoding.UTF8.GetBytes(configuration);
        RecordingFolder.RequireFree(_folder, journalId);
        _made = RecordingFolder.Make(_folder);
        try
        {
            _inputFiles = new SegmentFileWriter(_folder, SegmentKind.Inputs, journalId, segmentLengthMax, compressor);
            _outputFiles = new SegmentFileWriter(_folder, SegmentKind.Outputs, journalId, segmentLengthMax, compressor);
        }
        catch
        {
            _inputFiles?.Dispose();
            RecordingFolder.Clear(_folder, _made, isOurs: _inputFiles is not null);
            throw;
        }
        _ring = new BlockRing(BlockCount, BlockLength);
        _inputs = new MessageStream(_ring, _inputFiles);
        _outputs = new MessageStream(_ring, _outputFiles);
        Outputs = new PublishedEvents(_outputs);
    }

    /// <summary>Takes each message before the engine does.</summary>
    public IMessageSink Inputs => _inputs;

    /// <summary>Watches the engine.</summary>
    public IRunObserver Outputs { get; }

    /// <summary>Writes what is left and gives the files their names, the manifest's last.</summary>
    /// <param name="fingerprint">Of the run, at its end.</param>
    /// <param name="facts">Numbers for the manifest: names without a space.</param>
    /// <exception cref="InputException">The disk is full, or gone.</exception>
    public RecordingManifest Complete(Hash128 fingerprint, IReadOnlyList<KeyValuePair<string, long>> facts)
    {
        _inputs.Flush();
        _outputs.Flush();
        _ring.Finish();
        _inputFiles.Finish();
        _outputFiles.Finish();
        RecordingManifest manifest = new()
        {
            JournalId = _journalId,
            Fingerprint = fingerprint,
            ConfigurationLength = _configuration.Length,
            Configuration = Xxh3.Hash128(_configuration),
            Segments = [.. _inputFiles.Segments, .. _outputFiles.Segments],
            Facts = facts,
        };
        RecordingFolder.Publish(_folder, manifest, _configuration);
        return manifest;
    }

    /// <summary>What was not completed goes away.</summary>
    public void Dispose()
    {
        _ring.Dispose();
        _inputFiles.Dispose();
        _outputFiles.Dispose();
        RecordingFolder.Clear(_folder, _made, isOurs: true);
    }
}
