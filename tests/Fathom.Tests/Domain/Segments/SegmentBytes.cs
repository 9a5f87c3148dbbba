using Fathom.Domain.Ports;
using Fathom.Domain.Segments;

namespace Fathom.Tests.Domain.Segments;

/// <summary>A segment in memory: written and read as a file is.</summary>
internal static class SegmentBytes
{
    public const ulong Journal = 0x1122_3344_5566_7788;

    /// <param name="blocks">Each block's messages.</param>
    public static byte[] Write(IEnumerable<byte[][]> blocks, ICompressor? compressor = null, long first = 1, SegmentWriter? writer = null)
    {
        writer ??= new SegmentWriter(compressor);
        List<byte> bytes = [.. writer.Begin(SegmentKind.Inputs, Journal, 3, first)];
        foreach (byte[][] block in blocks)
        {
            byte[] content = [.. block.SelectMany(message => message)];
            bytes.AddRange(writer.Add(content, block.Length, out ReadOnlySpan<byte> stored));
            bytes.AddRange(stored);
        }
        bytes.AddRange(writer.Finish());
        Assert.Equal(bytes.Count, writer.Length);
        return [.. bytes];
    }

    /// <returns>The content of the blocks that came before the bytes ended or the segment did.</returns>
    public static List<byte[]> Read(ReadOnlySpan<byte> bytes, ICompressor? compressor = null, bool allowTruncated = false)
    {
        SegmentReader reader = new("it", compressor);
        List<byte[]> blocks = [];
        if (bytes.Length < SegmentFormat.HeaderLength) throw reader.Truncated();
        reader.Begin(bytes[..SegmentFormat.HeaderLength]);
        for (int at = SegmentFormat.HeaderLength; ;)
        {
            if (at + SegmentFormat.HeaderLength > bytes.Length) return allowTruncated ? blocks : throw reader.Truncated();
            int length = reader.TakeHead(bytes.Slice(at, SegmentFormat.HeaderLength));
            at += SegmentFormat.HeaderLength;
            if (at + length > bytes.Length) return allowTruncated ? blocks : throw reader.Truncated();
            reader.TakeBody(bytes.Slice(at, length));
            at += length;
            if (reader.IsEnded) return at == bytes.Length ? blocks : throw reader.TooLong();
            blocks.Add(reader.Block.ToArray());
        }
    }
}
