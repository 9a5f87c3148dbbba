using System.Runtime.CompilerServices;

namespace Fathom.Domain.Messages;

/// <summary>512 bytes of a log record's message and fields, as <see cref="LogEvent"/> defines them.</summary>
[InlineArray(Length)]
public struct LogText
{
    public const int Length = 512;

    private byte _first;
}
