using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>A bar: 56 bytes. The event time is its start; an interval without a trade has no bar.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct OhlcvRecord
{
    public const int Length = 56;

    public DbnRecordHeader Header;
    public long Open;
    public long High;
    public long Low;
    public long Close;
    public ulong Volume;
}
