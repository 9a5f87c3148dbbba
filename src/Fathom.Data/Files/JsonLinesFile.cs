using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fathom.Data.Files;

/// <summary>One JSON object a line, UTF-8, line feeds. Text outside ASCII stays as it is: the file is to be read and searched, not put into a page. The file appears under its name at
/// <see cref="Complete"/>.</summary>
public sealed class JsonLinesFile : IDisposable
{
    private const int BlockLength = 64 * 1024;

    private readonly OutputFile _file;
    private readonly ArrayBufferWriter<byte> _block = new(BlockLength);

    private JsonLinesFile(OutputFile file)
    {
        _file = file;
        Line = new Utf8JsonWriter(_block, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <inheritdoc cref="OutputFile.Create"/>
    public static JsonLinesFile Create(string path) => new(OutputFile.Create(path));

    /// <summary>Writes one value, which <see cref="EndLine"/> ends.</summary>
    public Utf8JsonWriter Line { get; }

    public void EndLine()
    {
        Line.Flush();
        Line.Reset();
        _block.Write("\n"u8);
        if (_block.WrittenCount >= BlockLength / 2) Flush();
    }

    /// <summary>Writes what is left and gives the file its name.</summary>
    public void Complete()
    {
        Flush();
        _file.Complete();
    }

    public void Dispose()
    {
        Line.Dispose();
        _file.Dispose();
    }

    private void Flush()
    {
        _file.Write(_block.WrittenSpan);
        _block.ResetWrittenCount();
    }
}
