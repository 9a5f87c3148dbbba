namespace Fathom.Twins.SlowPacking;

/// <summary>The packed form of whole messages, word by word and byte by byte, as it is described: <see cref="Domain.Segments.MessagePacking"/> without its haste.</summary>
public static class SlowMessagePacking
{
    private const int WordLength = 8, GroupWords = 8, HeaderWords = 3;

    /// <param name="content">Whole messages, the number of its words in each one's second byte.</param>
    public static byte[] Pack(byte[] content)
    {
        List<byte> packed = [];
        Dictionary<int, ulong[]> last = [];
        for (int at = 0; at < content.Length;)
        {
            int count = content[at + 1];
            ulong[] message = [.. Enumerable.Range(0, count).Select(i => BitConverter.ToUInt64(content, at + i * WordLength))];
            packed.Add((byte)count);
            PackMessage(message, last.GetValueOrDefault(count, new ulong[count]), packed);
            last[count] = message;
            at += count * WordLength;
        }
        return [.. packed];
    }

    /// <returns>Null: no packed messages of that length.</returns>
    public static byte[]? Unpack(byte[] stored, int length)
    {
        Queue<byte> rest = new(stored);
        List<byte> content = [];
        Dictionary<int, ulong[]> last = [];
        while (content.Count < length)
        {
            if (!rest.TryDequeue(out byte count) || count < HeaderWords || content.Count + count * WordLength > length) return null;
            ulong[]? message = UnpackMessage(rest, last.GetValueOrDefault(count, new ulong[count]));
            if (message is null) return null;
            foreach (ulong word in message) content.AddRange(BitConverter.GetBytes(word));
            last[count] = message;
        }
        return rest.Count == 0 ? [.. content] : null;
    }

    private static void PackMessage(ulong[] message, ulong[] before, List<byte> packed)
    {
        for (int first = 0; first < message.Length; first += GroupWords)
        {
            uint lengths = 0;
            List<byte> bytes = [];
            for (int i = first; i < Math.Min(first + GroupWords, message.Length); i++)
            {
                byte[] word = BytesOf(Fold(unchecked((long)(message[i] - before[i]))));
                lengths += (uint)word.Length << (4 * (i - first));
                bytes.AddRange(word);
            }
            packed.AddRange(BitConverter.GetBytes(lengths));
            packed.AddRange(bytes);
        }
    }

    private static ulong[]? UnpackMessage(Queue<byte> rest, ulong[] before)
    {
        ulong[] message = new ulong[before.Length];
        for (int first = 0; first < message.Length; first += GroupWords)
        {
            if (rest.Count < sizeof(uint)) return null;
            uint lengths = BitConverter.ToUInt32([rest.Dequeue(), rest.Dequeue(), rest.Dequeue(), rest.Dequeue()]);
            int[] each = [.. Enumerable.Range(0, GroupWords).Select(i => (int)(lengths >> (4 * i)) & 15)];
            int count = Math.Min(GroupWords, message.Length - first);
            if (each.Any(length => length > WordLength) || each.Take(count).Sum() > rest.Count) return null;
            for (int i = 0; i < count; i++) message[first + i] = unchecked(before[first + i] + (ulong)Unfold(NumberOf(rest, each[i])));
        }
        return message;
    }

    /// <summary>0, −1, 1, −2, 2 … become 0, 1, 2, 3, 4 …</summary>
    private static ulong Fold(long difference) => difference >= 0 ? 2 * (ulong)difference : 2 * (ulong)-(difference + 1) + 1;

    private static long Unfold(ulong folded) => folded % 2 == 0 ? (long)(folded / 2) : -(long)(folded / 2) - 1;

    /// <summary>The lowest byte first, as many as it has.</summary>
    private static byte[] BytesOf(ulong number)
    {
        List<byte> bytes = [];
        for (; number > 0; number /= 256) bytes.Add((byte)(number % 256));
        return [.. bytes];
    }

    private static ulong NumberOf(Queue<byte> bytes, int count)
    {
        ulong number = 0;
        for (int i = 0; i < count; i++) number += (ulong)bytes.Dequeue() << (8 * i);
        return number;
    }
}
