using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Segments;
using Fathom.Journal.Files;

namespace Fathom.Journal.Recordings;

/// <summary>The messages of a recording's inputs or outputs, one after the other, over all segments. Each block is checked before its messages come.</summary>
public sealed class RecordedMessages : IDisposable
{
    private readonly string _folder;
    private readonly RecordedSegment[] _segments;
    private readonly ICompressor? _compressor;
    private SegmentFileReader? _file;
    private int _opened;
    private int _at, _length;

    internal RecordedMessages(string folder, IEnumerable<RecordedSegment> segments, ICompressor? compressor)
    {
        _folder = folder;
        _segments = [.. segments];
        _compressor = compressor;
    }

    /// <summary>Number of the current message: 1, 2, 3 …; 0 before the first.</summary>
    public long Number { get; private set; }

    /// <summary>The current message, whole, 8-byte aligned; valid until the next <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Current => _file!.Block.Slice(_at, _length);

    /// <summary>Goes to the next message.</summary>
    /// <returns>False behind the last one; then all of it was read and is as it was written.</returns>
    /// <exception cref="InputException">A damaged, truncated or missing segment.</exception>
    public bool Next()
    {
        _at += _length;
        _length = 0;
        if ((_file is null || _at == _file.Block.Length) && !TryReadBlock()) return false;
        _length = Messages.Header(_file!.Block[_at..]).Length;
        Number++;
        return true;
    }

    public void Dispose() => _file?.Dispose();

    private bool TryReadBlock()
    {
        _at = 0;
        while (true)
        {
            if (_file is not null)
            {
                if (_file.Read()) return true;
                if (_opened == _segments.Length) return false;
                _file.Dispose();
            }
            RecordedSegment segment = _segments[_opened++];
            _file = new SegmentFileReader(RecordingFiles.PathOf(_folder, segment.Kind, segment.Number), _compressor);
            RecordingReader.RequireHeader(segment, _file, Path.Combine(_folder, RecordingFiles.NameOf(segment.Kind, segment.Number)));
        }
    }
}
