using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Segments;
using Fathom.Journal.Recordings;

namespace Fathom.Journal.Files;

/// <summary>Writes the segments of one kind, each up to a length, as <c>NAME.partial</c>: they get their names together, when the recording is whole.</summary>
internal sealed class SegmentFileWriter : IDisposable
{
    private readonly string _folder;
    private readonly SegmentKind _kind;
    private readonly ulong _journalId;
    private readonly long _lengthMax;
    private readonly SegmentWriter _writer;
    private readonly List<RecordedSegment> _segments = [];
    private FileStream? _file;
    private string _path = "";
    private long _first = 1;

    /// <param name="lengthMax">Bytes of messages in a segment, at most; one block may always stand in it.</param>
    /// <exception cref="InputException">The first file cannot be made; somebody else may be writing it.</exception>
    public SegmentFileWriter(string folder, SegmentKind kind, ulong journalId, long lengthMax, ICompressor? compressor)
    {
        _folder = folder;
        _kind = kind;
        _journalId = journalId;
        _lengthMax = lengthMax;
        _writer = new SegmentWriter(compressor);
        Begin();
    }

    /// <summary>Segments that are whole.</summary>
    public IReadOnlyList<RecordedSegment> Segments => _segments;

    /// <param name="messages">Whole messages, at least one.</param>
    /// <exception cref="InputException">The disk is full, or gone.</exception>
    public void Write(ReadOnlySpan<byte> messages)
    {
        if (_writer.MessageCount > 0 && _writer.ContentLength + messages.Length > _lengthMax)
        {
            Finish();
            Begin();
        }
        // Counted here, on the writer's thread: the engine's only copies.
        Invariant.Require(Messages.TryCount(messages, out int count), "what is recorded are whole messages");
        Put(_writer.Add(messages, count, out ReadOnlySpan<byte> stored));
        Put(stored);
    }

    /// <summary>Ends the newest segment; nothing is written afterwards.</summary>
    public void Finish()
    {
        Put(_writer.Finish());
        _file!.Dispose();
        _file = null;
        _segments.Add(new RecordedSegment(_kind, _segments.Count + 1, _first, _writer.MessageCount, _writer.Length, _writer.Content));
        _first += _writer.MessageCount;
    }

    public void Dispose() => _file?.Dispose();

    private void Begin()
    {
        int number = _segments.Count + 1;
        _path = RecordingFiles.PartialOf(RecordingFiles.PathOf(_folder, _kind, number));
        _file = RecordingFiles.Make(_path);
        Put(_writer.Begin(_kind, _journalId, number, _first));
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file!.Write(bytes);
        }
        catch (IOException failure)
        {
            throw RecordingFiles.Unwritable(_path, failure);
        }
    }
}
