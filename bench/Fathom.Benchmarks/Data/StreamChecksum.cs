namespace Fathom.Benchmarks.Data;

/// <summary>A checksum over some bytes of a stream, the same wherever the stream is cut: equal streams have equal ones, and it costs too little to be measured.</summary>
internal struct StreamChecksum
{
    private const int Stride = 509;      // odd: walks over all bytes of all fields
    private const ulong Fnv = 0x100000001B3;

    private ulong _sum;
    private int _skip;
    private long _length;

    public readonly ulong Value => (_sum ^ (ulong)_length) * Fnv;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        int at = _skip;
        for (; at < bytes.Length; at += Stride) _sum = (_sum ^ bytes[at]) * Fnv;
        _skip = at - bytes.Length;
        _length += bytes.Length;
    }
}
