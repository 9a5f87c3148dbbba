using Fathom.Domain;
using Fathom.Market.Universe;

namespace Fathom.Data.Dbn;

/// <summary>A DBN file as Fathom messages: an instrument's definition comes right before its first message.</summary>
public sealed class DbnSource : IMarketSource
{
    private readonly DbnBytes _bytes;
    private readonly DbnDecoder _decoder;
    private bool _isAtEnd;

    internal DbnSource(DbnBytes bytes, InstrumentRegistry registry, DbnReadOptions options)
    {
        _bytes = bytes;
        Registry = registry;
        _decoder = new DbnDecoder(bytes.Path, bytes.Header, registry, options);
    }

    public DbnHeader Header => _bytes.Header;

    /// <summary>The instruments that got an id so far.</summary>
    public InstrumentRegistry Registry { get; }

    /// <summary>Records met so far, wanted or not.</summary>
    public long RecordCount
    {
        get
        {
            long sum = 0;
            foreach (long count in _decoder.CountsByType) sum += count;
            return sum;
        }
    }

    /// <summary>Records met so far, by type; the types that the engine has no use for are skipped.</summary>
    public ReadOnlySpan<long> CountsByType => _decoder.CountsByType;

    /// <summary>Market-by-order records left out because of the instruments or times that were asked for.</summary>
    public long Unwanted => _decoder.Unwanted;

    /// <summary>Symbols that were met and not asked for, at most a hundred.</summary>
    public IReadOnlyCollection<string> OtherInstruments => _decoder.OtherInstruments;

    /// <summary>Stored bytes taken so far: <see cref="Position"/> / <see cref="Length"/> is the progress.</summary>
    public long Position => _bytes.StoredPosition;

    /// <summary>Stored bytes of the file; 0 where the system does not know.</summary>
    public long Length => _bytes.StoredLength;

    /// <summary>Of a file whose header lists raw symbols these.</summary>
    public IReadOnlyCollection<string>? StatedSymbols =>
        Header.SymbologyIn == DbnSymbology.RawSymbol && Header.Mappings.Count > 0 ? [.. Header.Mappings.Select(mapping => mapping.Symbol)] : null;

    /// <summary>"sha256:…" of the stored bytes once the end was reached, if the options asked for it.</summary>
    public string? ContentHash => _bytes.ContentHash;

    /// <summary>The file ended inside a record or a compressed frame, and the options allow that.</summary>
    public bool IsTruncated => _bytes.IsTruncated;

    /// <exception cref="InputException">The file is damaged or truncated; what came before was given out by earlier calls.</exception>
    public int Read(Span<byte> buffer)
    {
        int total = 0;
        while (!_isAtEnd)
        {
            bool isFull = _decoder.Decode(_bytes.Rest, _bytes.Offset, buffer[total..], out int consumed, out int written);
            _bytes.Take(consumed);
            total += written;
            // What is translated is handed on before the next read: the buffer is still in the cache, and errors do not take messages with them.
            if (isFull || total > 0) return total;
            if (!_bytes.TryReadMore()) _isAtEnd = true;
        }
        return total;
    }

    public void Dispose() => _bytes.Dispose();
}
