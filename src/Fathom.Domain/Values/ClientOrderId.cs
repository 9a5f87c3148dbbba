namespace Fathom.Domain.Values;

/// <summary>Our name of an order, 128 bits: <see cref="High"/> is the journal's id, <see cref="Low"/> holds the strategy (16 bits) and its running
/// number (48 bits). The journal's id survives restarts, so nothing is submitted twice.</summary>
public readonly record struct ClientOrderId(ulong High, ulong Low)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";      // Crockford's base 32: no letter looks like a digit
    private const int TextLength = 26;
    private const ulong SequenceMax = (1UL << 48) - 1;

    public static ClientOrderId None => default;

    public bool IsNone => High == 0 && Low == 0;

    /// <param name="journal">Identity of the run's journal.</param>
    /// <param name="strategy">Number of the strategy in the run.</param>
    /// <param name="sequence">1, 2, 3 … per strategy, below 2^48.</param>
    /// <exception cref="ArgumentOutOfRangeException">The running number does not fit.</exception>
    public static ClientOrderId Create(ulong journal, ushort strategy, ulong sequence)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, SequenceMax);
        return new(journal, (ulong)strategy << 48 | sequence);
    }

    public ushort Strategy => (ushort)(Low >> 48);
    public ulong Sequence => Low & SequenceMax;

    /// <summary>26 characters of Crockford base 32, most significant first; empty for <see cref="None"/>.</summary>
    public override string ToString()
    {
        if (IsNone) return "";
        return string.Create(TextLength, this, static (text, id) =>
        {
            UInt128 value = new(id.High, id.Low);
            for (int i = TextLength - 1; i >= 0; i--) { text[i] = Alphabet[(int)(value & 31)]; value >>= 5; }
        });
    }

    /// <summary>Reads the 26 characters that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ClientOrderId id)
    {
        id = None;
        if (text.Length != TextLength || text[0] > '7') return false;
        UInt128 value = 0;
        foreach (char c in text)
        {
            int digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return false;
            value = value << 5 | (uint)digit;
        }
        id = new ClientOrderId((ulong)(value >> 64), (ulong)value);
        return true;
    }
}
