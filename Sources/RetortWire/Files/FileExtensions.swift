// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The media types of common file extensions.
///
/// Each line names a type and its extensions. The table is the application's own, not that of the machine, so that a
/// file is served alike everywhere.
///
/// Source: IANA media type registry; WHATWG MIME Sniffing for web types; vendors' names elsewhere.
enum FileExtensions {
    /// The type of each extension.
    static let types: [String: String] = {
        var result: [String: String] = [:]
        for line in table.utf8.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
            for word in words.dropFirst() { result[word] = words.first }
        }
        return result
    }()

    private static let table = """
        text/html html htm
        text/css css
        text/javascript js mjs cjs
        text/plain txt text log conf ini
        text/csv csv
        text/tab-separated-values tsv
        text/markdown md markdown
        text/calendar ics ifb
        text/vcard vcf vcard
        text/vtt vtt
        text/x-rst rst
        text/x-python py pyw
        text/x-c c h
        text/x-c++ cc cpp cxx hh hpp hxx
        text/x-swift swift
        text/x-rust rs
        text/x-go go
        text/x-java java
        text/x-kotlin kt kts
        text/x-script.sh sh bash zsh
        text/x-diff diff patch
        text/x-tex tex ltx
        text/jinja jinja j2
        text/jsx jsx
        text/x-typescript mts cts
        text/tsx tsx
        text/x-scss scss
        text/x-sass sass
        text/x-less less
        text/x-toml toml
        application/yaml yaml yml
        application/json json map
        application/ld+json jsonld
        application/geo+json geojson
        application/json5 json5
        application/x-ndjson ndjson jsonl
        application/manifest+json webmanifest
        application/schema+json jsonschema
        application/xml xml xsl xsd rng
        application/xml-dtd dtd
        application/xslt+xml xslt
        application/xhtml+xml xhtml xht
        application/rss+xml rss
        application/atom+xml atom
        application/gpx+xml gpx
        application/mathml+xml mathml
        application/wasm wasm
        application/sql sql
        application/graphql graphql gql
        application/http http
        text/x-php php
        image/png png
        image/apng apng
        image/jpeg jpg jpeg jpe jfif
        image/gif gif
        image/webp webp
        image/avif avif
        image/jxl jxl
        image/heic heic
        image/heif heif
        image/svg+xml svg svgz
        image/x-icon ico cur
        image/bmp bmp dib
        image/tiff tif tiff
        image/jp2 jp2
        image/jpx jpx jpf
        image/x-portable-bitmap pbm
        image/x-portable-graymap pgm
        image/x-portable-pixmap ppm
        image/x-portable-anymap pnm
        image/x-tga tga
        image/x-exr exr
        image/vnd.radiance hdr
        image/vnd.adobe.photoshop psd
        image/vnd.djvu djvu djv
        image/x-adobe-dng dng
        image/x-canon-cr2 cr2
        image/x-nikon-nef nef
        image/x-sony-arw arw
        image/ktx2 ktx2
        image/vnd.ms-dds dds
        application/dicom dcm dicom
        video/mp4 mp4 m4v mp4v
        video/mpeg mpeg mpg mpe m1v m2v
        video/webm webm
        video/ogg ogv
        video/quicktime mov qt
        video/x-matroska mkv
        video/x-msvideo avi
        video/x-ms-wmv wmv
        video/x-flv flv
        video/3gpp 3gp 3gpp
        video/3gpp2 3g2
        video/mp2t ts m2ts
        video/h264 h264
        video/h265 h265
        application/vnd.apple.mpegurl m3u8
        application/dash+xml mpd
        audio/mpeg mp3 mp2 mpga
        audio/mp4 m4a m4b
        audio/aac aac
        audio/ogg oga ogg spx
        audio/opus opus
        audio/flac flac
        audio/wav wav wave
        audio/webm weba
        audio/midi mid midi
        audio/aiff aif aiff aifc
        audio/x-ms-wma wma
        audio/amr amr
        audio/basic au snd
        audio/x-mpegurl m3u
        font/woff woff
        font/woff2 woff2
        font/ttf ttf
        font/otf otf
        font/collection ttc
        application/vnd.ms-fontobject eot
        application/zip zip
        application/gzip gz gzip tgz
        application/x-brotli br
        application/zstd zst
        application/x-bzip2 bz2 tbz2
        application/x-xz xz txz
        application/x-lz4 lz4
        application/x-lzma lzma
        application/x-tar tar
        application/x-7z-compressed 7z
        application/vnd.rar rar
        application/java-archive jar war ear
        application/x-cpio cpio
        application/vnd.ms-cab-compressed cab
        application/x-iso9660-image iso
        application/vnd.debian.binary-package deb
        application/x-rpm rpm
        application/x-apple-diskimage dmg
        application/vnd.android.package-archive apk
        application/x-msdownload exe dll msi
        application/octet-stream bin dat img dump so o a
        application/pdf pdf
        application/rtf rtf
        application/epub+zip epub
        application/postscript ps eps ai
        application/msword doc dot
        application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
        application/vnd.ms-excel xls xlt
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
        application/vnd.ms-powerpoint ppt pps
        application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
        application/vnd.oasis.opendocument.text odt
        application/vnd.oasis.opendocument.spreadsheet ods
        application/vnd.oasis.opendocument.presentation odp
        application/vnd.oasis.opendocument.graphics odg
        application/vnd.sqlite3 sqlite sqlite3 db
        application/vnd.apache.parquet parquet
        application/vnd.apache.arrow.file arrow
        application/vnd.apache.arrow.stream arrows
        application/x-ipynb+json ipynb
        application/x-hdf5 h5 hdf5 hdf
        application/x-netcdf nc cdf
        application/x-numpy npy
        application/x-numpy-archive npz
        application/x-protobuf pb
        application/cbor cbor
        application/vnd.msgpack msgpack
        application/x-onnx onnx ort
        application/x-tflite tflite
        application/x-safetensors safetensors
        application/x-gguf gguf
        application/x-pytorch pt pth
        application/x-coreml mlmodel
        application/x-pickle pkl pickle
        application/vnd.google-earth.kml+xml kml
        application/vnd.google-earth.kmz kmz
        application/pgp-signature asc sig
        application/x-pem-file pem
        application/pkix-cert cer crt der
        application/pkcs10 csr p10
        application/x-pkcs12 p12 pfx
        application/pkcs8 p8 key
        application/x-bittorrent torrent
        application/x-shockwave-flash swf
        message/rfc822 eml mht mhtml
        model/gltf+json gltf
        model/gltf-binary glb
        model/stl stl
        model/obj obj
        model/3mf 3mf
        model/vnd.usdz+zip usdz
        model/vnd.collada+xml dae
        """
}
